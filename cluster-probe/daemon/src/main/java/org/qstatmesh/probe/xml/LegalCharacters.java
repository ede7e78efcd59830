package org.qstatmesh.probe.xml;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/**
 * Replaces what XML 1.0 does not allow by U+FFFD: schedulers escape markup but write the control
 * bytes of any user's environment as they are, and one of them would make the listing of everybody
 * unreadable.
 */
final class LegalCharacters extends FilterReader {
  private static final char REPLACEMENT = '\uFFFD';

  LegalCharacters(Reader in) {
    super(in);
  }

  @Override
  public int read() throws IOException {
    int c = super.read();
    return c < 0 ? c : legal((char) c);
  }

  @Override
  public int read(char[] buffer, int offset, int length) throws IOException {
    int count = super.read(buffer, offset, length);
    for (int i = offset; i < offset + count; i++) {
      char c = buffer[i];
      if (c < ' ' || c >= '\uFFFE') {
        buffer[i] = legal(c);
      }
    }
    return count;
  }

  private static char legal(char c) {
    boolean control = c < ' ' && c != '\t' && c != '\n' && c != '\r';
    return control || c == '\uFFFE' || c == '\uFFFF' ? REPLACEMENT : c;
  }
}
