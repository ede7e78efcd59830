package org.qstatmesh.store.export;

import java.io.IOException;
import java.io.Writer;
import org.qstatmesh.bus.SafeText;

/** One array, an object a line. */
final class JsonTable implements ExportTable {
  private final Writer out;
  private String series;
  private String separator = "\n";

  JsonTable(Writer out) {
    this.out = out;
  }

  @Override
  public void begin() throws IOException {
    out.write("[");
  }

  @Override
  public void series(String cluster, String dimension, String key, String measure) {
    series =
        "\",\"cluster\":%s,\"dimension\":\"%s\",\"key\":%s,\"measure\":\"%s\",\"value\":"
            .formatted(SafeText.json(cluster), dimension, SafeText.json(key), measure);
  }

  @Override
  public void line(String time, String value) throws IOException {
    open(time, value);
    out.append('}');
  }

  @Override
  public void line(String time, String mean, long min, long max) throws IOException {
    open(time, mean);
    out.append(",\"min\":").append(Long.toString(min));
    out.append(",\"max\":").append(Long.toString(max)).append('}');
  }

  private void open(String time, String value) throws IOException {
    out.append(separator).append("{\"time\":\"").append(time).append(series).append(value);
    separator = ",\n";
  }

  @Override
  public void end() throws IOException {
    out.write("\n]\n");
  }
}
