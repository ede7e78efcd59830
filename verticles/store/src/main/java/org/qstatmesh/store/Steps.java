package org.qstatmesh.store;

import java.time.Duration;
import java.util.List;
import org.qstatmesh.bus.QueryFailure;

/**
 * The steps of an answer: as many as cover the range, aligned to the epoch.
 *
 * @param stepMillis length of each
 * @param firstMillis start of the first, not after the range's start
 * @param count how many
 */
record Steps(long stepMillis, long firstMillis, int count) {
  private static final List<Duration> LENGTHS =
      List.of(
          Duration.ofMinutes(1),
          Duration.ofMinutes(2),
          Duration.ofMinutes(5),
          Duration.ofMinutes(10),
          Duration.ofMinutes(15),
          Duration.ofMinutes(20),
          Duration.ofMinutes(30),
          Duration.ofHours(1),
          Duration.ofHours(2),
          Duration.ofHours(3),
          Duration.ofHours(6),
          Duration.ofHours(12),
          Duration.ofDays(1));

  /**
   * The shortest steps of which no more than {@code maxPoints} cover the range.
   *
   * @param fromMillis inclusive
   * @param toMillis exclusive, after {@code fromMillis}
   */
  static Steps fitting(long fromMillis, long toMillis, int maxPoints) {
    for (Duration length : LENGTHS) {
      long step = length.toMillis();
      long first = fromMillis - fromMillis % step;
      long count = (toMillis - 1 - first) / step + 1;
      if (count <= maxPoints) {
        return new Steps(step, first, (int) count);
      }
    }
    throw QueryFailure.badField(
        "maxPoints", "the range has more days than that, and a day is the longest step");
  }

  long startOf(int index) {
    return firstMillis + index * stepMillis;
  }
}
