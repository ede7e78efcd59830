package org.qstatmesh.bus;

/**
 * Makes text that somebody else chose safe for one line of a log or a terminal. Control characters,
 * line and paragraph separators, bidirectional overrides (U+202A to U+202E, U+2066 to U+2069) and
 * lone surrogates become {@code \\uXXXX}.
 */
public final class Printable {
  /** Longest text that is kept, in characters. */
  public static final int MAX_LENGTH = 1_024;

  private Printable() {}

  /**
   * The text on one line, at most {@link #MAX_LENGTH} characters and an ellipsis; "null" for null.
   */
  public static String escape(String text) {
    return text == null ? "null" : escape(text, MAX_LENGTH);
  }

  /**
   * The text on one line, however long. JSON stays JSON: what is escaped stands within its strings.
   */
  public static String escapeAll(String text) {
    return escape(text, text.length());
  }

  private static String escape(String text, int most) {
    int end = Math.min(text.length(), most);
    StringBuilder out = new StringBuilder(end + 16);
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < end
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        out.append(c).append(text.charAt(++i));
      } else if (isUnsafe(c)) {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    return text.length() > end ? out.append('…').toString() : out.toString();
  }

  private static boolean isUnsafe(char c) {
    return Character.isISOControl(c)
        || Character.isSurrogate(c)
        || c == '\u2028'
        || c == '\u2029'
        || c == '\u200e'
        || c == '\u200f'
        || (c >= '\u202a' && c <= '\u202e')
        || (c >= '\u2066' && c <= '\u2069');
  }
}
