package org.qstatmesh.tunnel;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Keeps the last line of a text, however long the text is: what a command says before it gives up.
 */
final class LastLine {
  /** What is longer is cut at its end. */
  static final int MAX_BYTES = 400;

  private final byte[] line = new byte[MAX_BYTES];
  private int length;
  private String finished = "";

  /** Reads to the end; a stream that breaks has ended. */
  void readFrom(InputStream in) {
    byte[] buffer = new byte[4_096];
    try {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        add(buffer, read);
      }
    } catch (IOException e) {
      // What was said until then is what there is to know.
    }
  }

  /** Takes the next piece of the text. */
  synchronized void add(byte[] bytes, int count) {
    for (int i = 0; i < count; i++) {
      if (bytes[i] == '\n' || bytes[i] == '\r') {
        finish();
      } else if (length < MAX_BYTES) {
        line[length++] = bytes[i];
      }
    }
  }

  private void finish() {
    String text = new String(line, 0, length, StandardCharsets.UTF_8).strip();
    length = 0;
    if (!text.isEmpty()) {
      finished = text;
    }
  }

  /** The last line that is not blank, the one under way too; as it came, not yet printable. */
  synchronized String text() {
    String underWay = new String(line, 0, length, StandardCharsets.UTF_8).strip();
    return underWay.isEmpty() ? finished : underWay;
  }
}
