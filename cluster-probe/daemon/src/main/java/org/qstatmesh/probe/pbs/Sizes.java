package org.qstatmesh.probe.pbs;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sizes as pbs_resources(7B) defines them: a number, an optional multiplier {@code k m g t p}
 * (powers of 1024) and {@code b} for bytes or {@code w} for words; a word is 8 bytes.
 */
public final class Sizes {
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,18})([kmgtpKMGTP]?)([bBwW]?)");
  private static final String MULTIPLIERS = "kmgtp";
  private static final int WORD_BYTES = 8;

  private Sizes() {}

  /** Bytes, or null when the text is no size or larger than a long. */
  public static Long parseBytes(String text) {
    if (text == null) {
      return null;
    }
    Matcher size = SIZE.matcher(text);
    if (!size.matches()) {
      return null;
    }
    try {
      long bytes = Long.parseLong(size.group(1));
      if (!size.group(2).isEmpty()) {
        int power = 1 + MULTIPLIERS.indexOf(Character.toLowerCase(size.group(2).charAt(0)));
        bytes = Math.multiplyExact(bytes, 1L << (10 * power));
      }
      return size.group(3).equalsIgnoreCase("w") ? Math.multiplyExact(bytes, WORD_BYTES) : bytes;
    } catch (ArithmeticException e) {
      return null;
    }
  }
}
