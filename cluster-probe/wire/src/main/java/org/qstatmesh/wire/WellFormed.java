package org.qstatmesh.wire;

/** Strings that every reader of UTF-8 accepts. */
final class WellFormed {
  private static final char REPLACEMENT = '\uFFFD';

  private WellFormed() {}

  /**
   * The text with each lone surrogate replaced by U+FFFD; null stays null. JSON can spell a lone
   * surrogate ({@code "\ud800"}), UTF-8 cannot: passed on, it would break a database, a browser's
   * socket or a foreign reader far from here. The record is not refused for it, or a user could
   * hide a job by its name.
   */
  static String text(String value) {
    if (value == null || !hasSurrogate(value)) {
      return value;
    }
    StringBuilder text = new StringBuilder(value.length());
    value.codePoints().map(WellFormed::character).forEach(text::appendCodePoint);
    return text.toString();
  }

  private static boolean hasSurrogate(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (Character.isSurrogate(value.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  /** A surrogate that comes out as a code point of its own has no partner. */
  private static int character(int codePoint) {
    boolean lone = codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    return lone ? REPLACEMENT : codePoint;
  }
}
