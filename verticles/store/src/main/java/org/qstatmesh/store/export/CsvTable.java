package org.qstatmesh.store.export;

import java.io.IOException;
import java.io.Writer;
import org.qstatmesh.bus.SafeText;

/** RFC 4180: lines end with CR LF, the first names the columns. */
final class CsvTable implements ExportTable {
  private static final String END_OF_LINE = "\r\n";

  private final Writer out;
  private final boolean steps;
  private String series;

  CsvTable(Writer out, boolean steps) {
    this.out = out;
    this.steps = steps;
  }

  @Override
  public void begin() throws IOException {
    out.write("time,cluster,dimension,key,measure,value");
    out.write(steps ? ",min,max" : "");
    out.write(END_OF_LINE);
  }

  @Override
  public void series(String cluster, String dimension, String key, String measure) {
    series =
        ','
            + SafeText.csv(cluster)
            + ','
            + dimension
            + ','
            + SafeText.csv(key)
            + ','
            + measure
            + ',';
  }

  @Override
  public void line(String time, String value) throws IOException {
    out.append(time).append(series).append(value).append(END_OF_LINE);
  }

  @Override
  public void line(String time, String mean, long min, long max) throws IOException {
    out.append(time).append(series).append(mean).append(',');
    out.append(Long.toString(min)).append(',').append(Long.toString(max)).append(END_OF_LINE);
  }

  @Override
  public void end() {
    // Every line has its end.
  }
}
