package org.qstatmesh.probe.pbs;

/** Whole numbers without sign; nothing but ASCII digits. */
public final class Numbers {
  /**
   * More cores, GPUs or tasks than any record can name; a larger number is damage, not a cluster.
   */
  static final int LARGEST_COUNT = 10_000_000;

  private static final int MOST_DIGITS = 18;

  private Numbers() {}

  /** The number, or null when the text is none or has more than 18 digits. */
  public static Long parseLong(String text) {
    if (text == null || text.isEmpty() || text.length() > MOST_DIGITS) {
      return null;
    }
    long value = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return null;
      }
      value = value * 10 + (c - '0');
    }
    return value;
  }

  /**
   * A count that must be right: cores, GPUs, tasks.
   *
   * @param what names the attribute in the message
   * @throws IllegalArgumentException when the text is no number or larger than ten million
   */
  public static int parseCount(String text, String what) {
    Long value = parseLong(text);
    if (value == null) {
      throw new IllegalArgumentException(what + " is no count");
    }
    return checkedCount(value, what);
  }

  /** The same for a sum. */
  public static int checkedCount(long value, String what) {
    if (value < 0 || value > LARGEST_COUNT) {
      throw new IllegalArgumentException(what + " is out of range");
    }
    return (int) value;
  }
}
