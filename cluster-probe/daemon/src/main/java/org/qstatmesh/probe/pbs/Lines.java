package org.qstatmesh.probe.pbs;

import java.io.IOException;
import java.io.Reader;
import org.qstatmesh.probe.drms.UnparsableException;

/**
 * Lines that end with a newline and nothing else: a carriage return is a character some user chose.
 * Memory is bounded however long a line is.
 */
public final class Lines {
  /** A job on ten thousand nodes has half of that. */
  private static final int LONGEST_LINE = 4 << 20;

  private final Reader in;
  private final char[] buffer = new char[32 << 10];

  /** The same characters: a string finds one faster than a loop over an array does. */
  private String text = "";

  private int next;
  private int end;
  private boolean tooLong;

  /** Reads from {@code in}, with a buffer of its own. */
  public Lines(Reader in) {
    this.in = in;
  }

  /**
   * Appends the next line, without its newline.
   *
   * @return false at the end of the text
   * @throws UnparsableException when the text ends inside a line: it was cut off
   */
  public boolean appendNext(StringBuilder line) throws IOException, UnparsableException {
    tooLong = false;
    boolean any = false;
    while (true) {
      if (next == end && !fill()) {
        if (any) {
          throw new UnparsableException("cut off inside a line");
        }
        return false;
      }
      any = true;
      int newline = text.indexOf('\n', next);
      append(line, newline < 0 ? end : newline);
      if (newline >= 0) {
        next = newline + 1;
        return true;
      }
      next = end;
    }
  }

  /**
   * Whether the line just read was longer than four million characters; only its beginning was
   * kept.
   */
  public boolean lastWasTooLong() {
    return tooLong;
  }

  private void append(StringBuilder line, int upTo) {
    int room = LONGEST_LINE - line.length();
    int length = upTo - next;
    tooLong |= length > room;
    line.append(buffer, next, Math.max(0, Math.min(length, room)));
  }

  private boolean fill() throws IOException {
    next = 0;
    end = Math.max(0, in.read(buffer, 0, buffer.length));
    text = new String(buffer, 0, end);
    return end > 0;
  }
}
