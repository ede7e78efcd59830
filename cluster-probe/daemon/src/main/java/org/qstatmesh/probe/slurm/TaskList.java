package org.qstatmesh.probe.slurm;

import org.qstatmesh.probe.pbs.Numbers;

/**
 * The waiting tasks of an array: {@code 1-100}, {@code 4-9%4} (at most four at a time), {@code
 * 1,3,5}, {@code 1-995:7} (every seventh).
 */
final class TaskList {
  private static final String WHAT = "the task list";

  private TaskList() {}

  /**
   * How many tasks.
   *
   * @throws IllegalArgumentException when it is no list, or one that Slurm cut short
   */
  static int count(String list) {
    if (list.contains("...")) {
      throw new IllegalArgumentException(WHAT + " is cut short");
    }
    int limit = list.indexOf('%');
    String tasks = limit < 0 ? list : list.substring(0, limit);
    long count = 0;
    int begin = 0;
    while (begin <= tasks.length()) {
      int comma = tasks.indexOf(',', begin);
      int end = comma < 0 ? tasks.length() : comma;
      count += countRange(tasks.substring(begin, end));
      begin = end + 1;
    }
    return Numbers.checkedCount(count, WHAT);
  }

  private static long countRange(String range) {
    int dash = range.indexOf('-');
    int colon = range.indexOf(':');
    int step = colon < 0 ? 1 : Numbers.parseCount(range.substring(colon + 1), WHAT);
    String bounds = colon < 0 ? range : range.substring(0, colon);
    int first = Numbers.parseCount(dash < 0 ? bounds : bounds.substring(0, dash), WHAT);
    int last = dash < 0 ? first : Numbers.parseCount(bounds.substring(dash + 1), WHAT);
    if (last < first || step < 1) {
      throw new IllegalArgumentException(WHAT + " has an empty range");
    }
    return (long) (last - first) / step + 1;
  }
}
