package org.qstatmesh.probe.command;

/**
 * Makes text that somebody else chose safe for one line of a log or a terminal. The mesh has its
 * own; the bus is not on this class path.
 */
public final class Printable {
  /** Longest text that is kept, in characters. */
  public static final int MAX_LENGTH = 1_024;

  private Printable() {}

  /**
   * The text on one line: control characters, line separators, marks that change the writing
   * direction and lone surrogates become {@code \\uXXXX}; at most {@link #MAX_LENGTH} characters
   * and an ellipsis.
   */
  public static String escape(String text) {
    if (text == null) {
      return "null";
    }
    StringBuilder out = new StringBuilder(Math.min(text.length(), MAX_LENGTH) + 16);
    int i = 0;
    while (i < text.length() && i < MAX_LENGTH) {
      int point = text.codePointAt(i);
      if (isUnsafe(point)) {
        out.append(String.format("\\u%04x", point));
      } else {
        out.appendCodePoint(point);
      }
      i += Character.charCount(point);
    }
    return i < text.length() ? out.append('…').toString() : out.toString();
  }

  private static boolean isUnsafe(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }
}
