package org.qstatmesh.broadcast.packing;

/** A style sheet without comments, and without the blanks that mean nothing. */
final class StyleText {
  /** Blanks beside these mean nothing; beside others they may, as in {@code a :hover}. */
  private static final String FREE = "{};,";

  private StyleText() {}

  static String pack(String name, String source) {
    StringBuilder out = new StringBuilder(source.length());
    boolean blank = false;
    int at = 0;
    while (at < source.length()) {
      char c = source.charAt(at);
      if (source.startsWith("/*", at)) {
        at = endOf(name, source, "*/", at + 2) + 2;
        blank = true;
      } else if (Character.isWhitespace(c)) {
        blank = true;
        at++;
      } else {
        int end = c == '"' || c == '\'' ? endOf(name, source, "" + c, at + 1) + 1 : at + 1;
        if (blank && out.length() > 0 && !isFree(last(out)) && !isFree(c)) {
          out.append(' ');
        }
        if (c == '}' && last(out) == ';') {
          out.setLength(out.length() - 1);
        }
        blank = false;
        out.append(source, at, end);
        at = end;
      }
    }
    return out.append('\n').toString();
  }

  private static int endOf(String name, String source, String mark, int from) {
    int end = source.indexOf(mark, from);
    if (end < 0) {
      int line = (int) source.substring(0, from).chars().filter(c -> c == '\n').count() + 1;
      throw new PackingFault(name, line, "no " + mark + " that ends what begins here");
    }
    return end;
  }

  private static char last(StringBuilder out) {
    return out.length() == 0 ? ' ' : out.charAt(out.length() - 1);
  }

  private static boolean isFree(char c) {
    return FREE.indexOf(c) >= 0;
  }
}
