package org.qstatmesh.probe.command;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/** Keeps the beginning of a text and drops the rest. One thread. */
final class BoundedText {
  private static final int QUOTED_LINES = 3;
  private static final int QUOTED_LENGTH = 300;

  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private final int limit;

  BoundedText(int limitBytes) {
    this.limit = limitBytes;
  }

  void append(byte[] bytes, int length) {
    kept.write(bytes, 0, Math.min(length, limit - kept.size()));
  }

  /** What was kept, as it came. */
  String text() {
    return kept.toString(StandardCharsets.UTF_8);
  }

  /**
   * The first lines as one printable line; PBS says the reason on the first, the server's name on
   * the next.
   */
  static String quote(String text) {
    String line =
        text.lines()
            .map(String::strip)
            .filter(each -> !each.isEmpty())
            .limit(QUOTED_LINES)
            .map(Printable::escape)
            .collect(Collectors.joining("; "));
    return line.length() > QUOTED_LENGTH ? line.substring(0, QUOTED_LENGTH) + "…" : line;
  }
}
