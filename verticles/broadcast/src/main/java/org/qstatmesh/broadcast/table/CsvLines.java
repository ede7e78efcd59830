package org.qstatmesh.broadcast.table;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.qstatmesh.bus.QueryFailure;
import org.qstatmesh.bus.SafeText;

/** A table of RFC 4180 in UTF-8: lines end with CR LF, the first names the columns. */
final class CsvLines {
  private static final String END_OF_LINE = "\r\n";

  /** No answer may be longer, so the rest of a table that is need not be written. */
  private static final int MOST_CHARACTERS = 4 * 1_024 * 1_024;

  private final StringBuilder out = new StringBuilder(4_096);

  CsvLines(List<String> columns) {
    add(columns);
  }

  /** A line of fields that are safe already; {@link QueryFailure} 413 when that is too much. */
  void add(List<String> fields) {
    if (out.length() > MOST_CHARACTERS) {
      throw new QueryFailure(QueryFailure.TOO_LARGE, "the table is too long: ask for less");
    }
    out.append(String.join(",", fields)).append(END_OF_LINE);
  }

  byte[] bytes() {
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** A text that somebody chose, or nothing. */
  static String text(String value) {
    return SafeText.csv(value);
  }

  /** Texts with a space between two. */
  static String texts(List<String> values) {
    return text(String.join(" ", values));
  }

  /** A constant's name, or nothing. */
  static String word(Enum<?> value) {
    return value == null ? "" : value.name();
  }

  /** A whole number, or nothing. */
  static String whole(Number value) {
    return value == null ? "" : Long.toString(value.longValue());
  }

  /** A number, or nothing, which is "no data" and never 0. */
  static String number(Double value) {
    return value == null ? "" : plain(value);
  }

  /** A time in UTC, as {@code 2026-11-22T14:03:00Z}. */
  static String time(long epochMillis) {
    return Instant.ofEpochMilli(epochMillis).toString();
  }

  private static String plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : BigDecimal.valueOf(value).toPlainString();
  }
}
