package org.qstatmesh.store.read;

import java.time.Duration;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.stream.Stream;
import org.qstatmesh.bus.QueryFailure;

/**
 * The steps of an answer: as many as cover the range, aligned to the epoch.
 *
 * @param stepMillis length of each
 * @param firstMillis start of the first, not after the range's start
 * @param count how many
 */
record Steps(long stepMillis, long firstMillis, int count) {
  /** Four weeks and their doubles are for what nobody looks at more closely: decades. */
  private static final List<Long> LENGTHS_MILLIS =
      Stream.of(
              Stream.of(1, 2, 5, 10, 15, 20, 30).map(Duration::ofMinutes),
              Stream.of(1, 2, 3, 6, 12).map(Duration::ofHours),
              Stream.of(1, 2, 7, 14).map(Duration::ofDays),
              Stream.iterate(28, days -> days * 2).limit(10).map(Duration::ofDays))
          .flatMap(lengths -> lengths)
          .map(Duration::toMillis)
          .toList();

  /**
   * The shortest steps of which no more than {@code maxPoints} cover the range.
   *
   * @param fromMillis inclusive
   * @param toMillis exclusive, after {@code fromMillis}
   * @param possible which lengths can be served; of every two days' multiple it says yes to one
   */
  static Steps fitting(long fromMillis, long toMillis, int maxPoints, LongPredicate possible) {
    for (long step : LENGTHS_MILLIS) {
      long first = fromMillis - fromMillis % step;
      long count = (toMillis - 1 - first) / step + 1;
      if (count <= maxPoints && possible.test(step)) {
        return new Steps(step, first, (int) count);
      }
    }
    throw QueryFailure.badField("maxPoints", "the range is too long for that few");
  }

  /** Where a moment of the range belongs. */
  int indexOf(long millis) {
    return (int) ((millis - firstMillis) / stepMillis);
  }

  long startOf(int index) {
    return firstMillis + index * stepMillis;
  }
}
