package org.qstatmesh.poller.fit;

/** Whether something holds, from what is known; the order is that of {@link #and}. */
enum Certainty {
  NO,
  MAYBE,
  YES;

  /** Whether both hold. */
  Certainty and(Certainty other) {
    return compareTo(other) <= 0 ? this : other;
  }

  /** Whether there is as much as wanted; an amount that is not known may be. */
  static Certainty atLeast(Number there, long wanted) {
    if (there == null) {
      return MAYBE;
    }
    return there.longValue() >= wanted ? YES : NO;
  }
}
