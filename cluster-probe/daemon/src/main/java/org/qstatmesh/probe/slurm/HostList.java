package org.qstatmesh.probe.slurm;

import java.util.ArrayList;
import java.util.List;
import org.qstatmesh.probe.pbs.Numbers;

/**
 * Host lists as Slurm folds them: {@code n[003-004]}, {@code fat1,n[001,005-007]-ib}, {@code
 * r[1-2]n[01-16]}.
 */
final class HostList {
  /** The wire takes no more names in one record. */
  private static final int MOST = 20_000;

  private static final String WHAT = "the host list";

  private HostList() {}

  /**
   * The names, unfolded.
   *
   * @throws IllegalArgumentException when it is no host list, or one of more than 20,000
   */
  static List<String> unfold(String list) {
    List<String> names = new ArrayList<>();
    int begin = 0;
    int depth = 0;
    for (int i = 0; i <= list.length(); i++) {
      char c = i == list.length() ? ',' : list.charAt(i);
      if (c == '[') {
        depth++;
      } else if (c == ']') {
        depth--;
      } else if (c == ',' && depth == 0) {
        addAll(names, list.substring(begin, i));
        begin = i + 1;
      }
      if (depth < 0 || depth > 1) {
        throw new IllegalArgumentException(WHAT + " has brackets that do not match");
      }
    }
    if (depth != 0) {
      throw new IllegalArgumentException(WHAT + " has brackets that do not match");
    }
    return names;
  }

  private static void addAll(List<String> names, String folded) {
    if (folded.isEmpty()) {
      throw new IllegalArgumentException(WHAT + " has an empty name");
    }
    List<String> begun = List.of("");
    int next = 0;
    while (next < folded.length()) {
      int open = folded.indexOf('[', next);
      String plain = folded.substring(next, open < 0 ? folded.length() : open);
      List<String> numbers = List.of("");
      next = folded.length();
      if (open >= 0) {
        int close = folded.indexOf(']', open);
        numbers = numbers(folded.substring(open + 1, close));
        next = close + 1;
      }
      begun = product(begun, plain, numbers);
    }
    checkSize((long) names.size() + begun.size());
    names.addAll(begun);
  }

  private static List<String> product(List<String> begun, String plain, List<String> numbers) {
    checkSize((long) begun.size() * numbers.size());
    List<String> longer = new ArrayList<>(begun.size() * numbers.size());
    for (String name : begun) {
      for (String number : numbers) {
        longer.add(name + plain + number);
      }
    }
    return longer;
  }

  /** {@code 003-004,007}: as many digits as the first of a range has. */
  private static List<String> numbers(String ranges) {
    List<String> numbers = new ArrayList<>();
    for (String range : ranges.split(",", -1)) {
      int dash = range.indexOf('-');
      String low = dash < 0 ? range : range.substring(0, dash);
      int first = Numbers.parseCount(low, WHAT);
      int last = dash < 0 ? first : Numbers.parseCount(range.substring(dash + 1), WHAT);
      checkSize((long) numbers.size() + last - first + 1);
      for (int number = first; number <= last; number++) {
        String digits = Integer.toString(number);
        numbers.add("0".repeat(Math.max(0, low.length() - digits.length())) + digits);
      }
    }
    return numbers;
  }

  private static void checkSize(long size) {
    if (size > MOST) {
      throw new IllegalArgumentException(WHAT + " has more than " + MOST + " names");
    }
  }
}
