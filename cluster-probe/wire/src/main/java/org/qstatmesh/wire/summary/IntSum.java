package org.qstatmesh.wire.summary;

/**
 * A sum of counts that a stranger chose: an absent count adds nothing, and a sum beyond the range
 * of an int stays at its end instead of turning negative. Not thread-safe.
 */
final class IntSum {
  private long sum;

  void add(long count) {
    sum += count;
  }

  void add(Integer count) {
    if (count != null) {
      sum += count;
    }
  }

  /** Adds {@code each} for every one of {@code times} tasks. */
  void addTimes(Integer each, int times) {
    if (each != null) {
      sum += (long) each * times;
    }
  }

  void add(IntSum other) {
    sum += other.sum;
  }

  boolean isZero() {
    return sum == 0;
  }

  int value() {
    return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, sum));
  }
}
