package org.qstatmesh.bus;

/**
 * Texts that somebody on a cluster chose, for files that other programs open: no character that a
 * terminal obeys, or that hides another, leaves as it is.
 */
public final class SafeText {
  /** What makes a spreadsheet take a cell for a formula, also in full width. */
  private static final String FORMULA = "=+-@＝＋－＠";

  private SafeText() {}

  /**
   * A field of RFC 4180 that no spreadsheet calculates, also not one that begins a new cell at each
   * semicolon, as many do outside of America; nothing for null. Control characters become {@code
   * \\uXXXX}.
   */
  public static String csv(String text) {
    if (text == null) {
      return "";
    }
    StringBuilder out = new StringBuilder(text.length() + 2);
    int before = ';';
    for (int c : text.codePoints().toArray()) {
      if (before == ';' && FORMULA.indexOf(c) >= 0) {
        out.append('\'');
      }
      append(out, c, isPlain(c));
      before = c;
    }
    String safe = out.toString();
    return safe.indexOf(',') < 0 && safe.indexOf('"') < 0
        ? safe
        : '"' + safe.replace("\"", "\"\"") + '"';
  }

  /** A JSON string, which means the very same text; {@code null} for null. */
  public static String json(String text) {
    if (text == null) {
      return "null";
    }
    StringBuilder out = new StringBuilder(text.length() + 2).append('"');
    text.codePoints().forEach(c -> append(out, c, isPlain(c) && c != '"' && c != '\\'));
    return out.append('"').toString();
  }

  private static void append(StringBuilder out, int character, boolean asItIs) {
    if (asItIs) {
      out.appendCodePoint(character);
      return;
    }
    for (char half : Character.toChars(character)) {
      out.append(String.format("\\u%04x", (int) half));
    }
  }

  private static boolean isPlain(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
