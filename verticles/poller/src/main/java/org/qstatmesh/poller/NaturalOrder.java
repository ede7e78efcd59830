package org.qstatmesh.poller;

import java.util.Comparator;

/**
 * Text order in which runs of digits count as numbers: {@code 9.login1} comes before {@code
 * 10.login1}, {@code 12_3} before {@code 12_20}. Only ASCII digits are numbers.
 */
enum NaturalOrder implements Comparator<String> {
  INSTANCE;

  @Override
  public int compare(String a, String b) {
    int i = 0;
    int j = 0;
    while (i < a.length() && j < b.length()) {
      if (isDigit(a.charAt(i)) && isDigit(b.charAt(j))) {
        int iEnd = endOfDigits(a, i);
        int jEnd = endOfDigits(b, j);
        int order = compareNumbers(a, i, iEnd, b, j, jEnd);
        if (order != 0) {
          return order;
        }
        i = iEnd;
        j = jEnd;
      } else {
        int order = Character.compare(a.charAt(i++), b.charAt(j++));
        if (order != 0) {
          return order;
        }
      }
    }
    int order = Integer.compare(a.length() - i, b.length() - j);
    // 007 and 7 are the same number but not the same text.
    return order != 0 ? order : a.compareTo(b);
  }

  private static int compareNumbers(String a, int i, int iEnd, String b, int j, int jEnd) {
    int from = skipZeros(a, i, iEnd);
    int to = skipZeros(b, j, jEnd);
    int order = Integer.compare(iEnd - from, jEnd - to);
    while (order == 0 && from < iEnd) {
      order = Character.compare(a.charAt(from++), b.charAt(to++));
    }
    return order;
  }

  private static int endOfDigits(String text, int from) {
    int end = from;
    while (end < text.length() && isDigit(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static int skipZeros(String text, int from, int end) {
    int at = from;
    while (at < end && text.charAt(at) == '0') {
      at++;
    }
    return at;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
