package org.qstatmesh.probe.maui;

import java.io.IOException;
import java.io.Reader;
import org.qstatmesh.probe.drms.UnparsableException;
import org.qstatmesh.probe.pbs.Lines;

/**
 * The lines of a listing of Maui. One of more than its buffer holds (some 6,600 jobs in 3.5) ends
 * with {@code NOTE: output truncated}, with or without a newline, and with exit code 0.
 */
final class MauiLines {
  private static final String TRUNCATED = "output truncated";

  private final Lines lines;
  private final StringBuilder line = new StringBuilder();
  private boolean truncated;

  MauiLines(Reader in) {
    this.lines = new Lines(in);
  }

  /**
   * The next line; null at the end, which the note about a cut list is.
   *
   * @throws UnparsableException when the text ends inside a line
   */
  String next() throws IOException, UnparsableException {
    line.setLength(0);
    boolean any;
    try {
      any = lines.appendNext(line);
    } catch (UnparsableException cutOff) {
      if (!isNote()) {
        throw cutOff;
      }
      any = true;
    }
    truncated |= any && isNote();
    return any && !truncated ? line.toString() : null;
  }

  /** Whether Maui has cut the list. */
  boolean truncated() {
    return truncated;
  }

  private boolean isNote() {
    int end = line.length();
    while (end > 0 && line.charAt(end - 1) <= ' ') {
      end--;
    }
    return line.indexOf("NOTE:") >= 0
        && end >= TRUNCATED.length()
        && line.substring(end - TRUNCATED.length(), end).equals(TRUNCATED);
  }
}
