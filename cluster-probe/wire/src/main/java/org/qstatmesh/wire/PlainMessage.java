package org.qstatmesh.wire;

/**
 * Parts of a document in the message about it: whoever sent the document chose them, and a terminal
 * or a log shows them.
 */
final class PlainMessage {
  private static final int MOST_CHARACTERS = 200;

  private PlainMessage() {}

  /** One short line of printable characters. */
  static String of(String text) {
    int length = Math.min(text.length(), MOST_CHARACTERS);
    StringBuilder plain = new StringBuilder(length + 1);
    for (int i = 0; i < length; i++) {
      char unit = text.charAt(i);
      plain.append(isPlain(unit) ? unit : '?');
    }
    return length < text.length() ? plain.append('…').toString() : plain.toString();
  }

  /**
   * Control characters move a cursor, formatting ones reverse a line, lone surrogates are no
   * characters at all.
   */
  private static boolean isPlain(char unit) {
    return !Character.isISOControl(unit)
        && !Character.isSurrogate(unit)
        && Character.getType(unit) != Character.FORMAT
        && Character.getType(unit) != Character.LINE_SEPARATOR
        && Character.getType(unit) != Character.PARAGRAPH_SEPARATOR;
  }
}
