package org.qstatmesh.probe.torque;

import java.util.BitSet;
import org.qstatmesh.probe.pbs.Numbers;

/**
 * Core numbers of one node: {@code 3} (4.2 names each core), {@code 0-15} (6.1 names ranges),
 * {@code 0,2-3}.
 */
final class CoreRanges {
  private static final int HIGHEST_CORE = 1_000_000;

  private CoreRanges() {}

  /** How many cores the text names. */
  static int count(String ranges, String what) {
    BitSet cores = new BitSet();
    add(cores, ranges, what);
    return cores.cardinality();
  }

  /**
   * Adds the cores a text names.
   *
   * @param what names the attribute in the message
   * @throws IllegalArgumentException when it names none, or more than any cluster has: ranges are
   *     short to write and long to count
   */
  static void add(BitSet cores, String ranges, String what) {
    int named = 0;
    for (String range : ranges.split(",", -1)) {
      int dash = range.indexOf('-');
      int first = Numbers.parseCount(dash < 0 ? range : range.substring(0, dash), what);
      int last = dash < 0 ? first : Numbers.parseCount(range.substring(dash + 1), what);
      if (last < first || last > HIGHEST_CORE) {
        throw new IllegalArgumentException(what + " is no range of cores");
      }
      named = Numbers.checkedCount((long) named + last - first + 1, what);
      cores.set(first, last + 1);
    }
  }
}
