package org.qstatmesh.probe.gridengine;

import org.qstatmesh.probe.pbs.Numbers;

/** Array tasks as qstat lists them: {@code 2}, {@code 4-10:1}, {@code 1-9:2}, {@code 1,3,7-9:1}. */
final class TaskRanges {
  private static final String WHAT = "tasks";

  private TaskRanges() {}

  /** Whether it is the number of one task. */
  static boolean isOne(String tasks) {
    return Numbers.parseLong(tasks) != null;
  }

  /**
   * How many tasks it names.
   *
   * @throws IllegalArgumentException when it is not of that form
   */
  static int count(String tasks) {
    long count = 0;
    for (String range : tasks.split(",", -1)) {
      String words = range.strip();
      int dash = words.indexOf('-');
      int colon = words.indexOf(':');
      int end = colon < 0 ? words.length() : colon;
      if (colon >= 0 && (dash < 0 || colon < dash)) {
        throw new IllegalArgumentException(WHAT + " is no range");
      }
      count +=
          count(
              Numbers.parseCount(dash < 0 ? words : words.substring(0, dash), WHAT),
              Numbers.parseCount(dash < 0 ? words : words.substring(dash + 1, end), WHAT),
              colon < 0 ? 1 : Numbers.parseCount(words.substring(colon + 1), WHAT));
    }
    return Numbers.checkedCount(count, WHAT);
  }

  private static int count(int first, int last, int step) {
    if (step < 1 || last < first) {
      throw new IllegalArgumentException(WHAT + " is no range");
    }
    return (last - first) / step + 1;
  }
}
