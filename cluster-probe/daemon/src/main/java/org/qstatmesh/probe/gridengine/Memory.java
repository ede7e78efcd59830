package org.qstatmesh.probe.gridengine;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Memory as qhost prints it: {@code 23.5G}, {@code 503.6M}, {@code 0.0}, {@code -} when the host
 * does not report. Capital letters are powers of 1024, small ones of 1000, see sge_types(1).
 */
final class Memory {
  private static final Pattern SIZE =
      Pattern.compile("([0-9]{1,12}(?:\\.[0-9]{1,6})?)([kmgtKMGT]?)");
  private static final String MULTIPLIERS = "kmgt";

  private Memory() {}

  /** Bytes, as exact as the text; null when it is no size. */
  static Long parseBytes(String text) {
    Matcher size = text == null ? null : SIZE.matcher(text);
    if (size == null || !size.matches()) {
      return null;
    }
    double bytes = Double.parseDouble(size.group(1));
    if (!size.group(2).isEmpty()) {
      char letter = size.group(2).charAt(0);
      int power = 1 + MULTIPLIERS.indexOf(Character.toLowerCase(letter));
      bytes *= Math.pow(Character.isUpperCase(letter) ? 1_024 : 1_000, power);
    }
    return bytes > 1L << 60 ? null : Long.valueOf(Math.round(bytes));
  }
}
