package org.qstatmesh.broadcast.table;

import java.util.List;
import java.util.Locale;
import org.qstatmesh.bus.HistoryAnswer;
import org.qstatmesh.bus.HistoryQuery;

/**
 * A history, a line for each value, in the columns of {@code qstat-mesh export}. What no series
 * names is of the dimension {@code others}; an empty value is "no data".
 */
final class HistoryTable {
  private static final List<String> COLUMNS =
      List.of("time", "cluster", "dimension", "key", "measure", "value");
  private static final List<String> BAND_COLUMNS =
      List.of("time", "cluster", "dimension", "key", "measure", "value", "min", "max");

  private final HistoryQuery query;
  private final HistoryAnswer answer;
  private final List<String> times;
  private final CsvLines lines;

  private HistoryTable(HistoryQuery query, HistoryAnswer answer) {
    this.query = query;
    this.answer = answer;
    this.times = answer.times().stream().map(CsvLines::time).toList();
    this.lines = new CsvLines(query.band() ? BAND_COLUMNS : COLUMNS);
  }

  static byte[] of(HistoryQuery query, HistoryAnswer answer) {
    return new HistoryTable(query, answer).bytes();
  }

  private byte[] bytes() {
    String dimension = query.dimension().name().toLowerCase(Locale.ROOT);
    String measure = camel(query.measure().name());
    for (HistoryAnswer.Series series : answer.series()) {
      write(dimension, series.key(), measure, series.values(), series.min(), series.max());
    }
    write("others", null, measure, answer.others(), null, null);
    write("slots", null, "free", answer.free(), null, null);
    write("slots", null, "total", answer.total(), null, null);
    return lines.bytes();
  }

  private void write(
      String dimension,
      String key,
      String measure,
      List<Double> values,
      List<Double> min,
      List<Double> max) {
    String series = String.join(",", query.cluster(), dimension, CsvLines.text(key), measure);
    for (int i = 0; i < times.size(); i++) {
      String value = CsvLines.number(values.get(i));
      if (query.band()) {
        String least = CsvLines.number(min == null ? null : min.get(i));
        String most = CsvLines.number(max == null ? null : max.get(i));
        lines.add(List.of(times.get(i), series, value, least, most));
      } else {
        lines.add(List.of(times.get(i), series, value));
      }
    }
  }

  private static String camel(String constant) {
    StringBuilder word = new StringBuilder();
    for (String part : constant.toLowerCase(Locale.ROOT).split("_", -1)) {
      word.append(word.isEmpty() ? part.charAt(0) : Character.toUpperCase(part.charAt(0)));
      word.append(part, 1, part.length());
    }
    return word.toString();
  }
}
