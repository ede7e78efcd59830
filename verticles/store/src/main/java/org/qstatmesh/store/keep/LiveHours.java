package org.qstatmesh.store.keep;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.qstatmesh.store.chunk.ChunkSpan;

/**
 * Of which hours rows there are, and between which numbers: the table itself has no order but that
 * of writing. As many entries as hours of a cluster wait to be put together. One thread.
 */
final class LiveHours {
  private static final long HOUR_MILLIS = ChunkSpan.millis(0);

  private final Map<Integer, TreeMap<Long, Range>> byCluster = new HashMap<>();

  /**
   * Rows that are in a span, and perhaps others.
   *
   * @param first least number among them
   * @param last greatest number among them
   * @param rows how many
   */
  record Range(long first, long last, long rows) {
    static final Range NONE = new Range(Long.MAX_VALUE, Long.MIN_VALUE, 0);

    Range and(Range other) {
      return new Range(Math.min(first, other.first), Math.max(last, other.last), rows + other.rows);
    }
  }

  /** Rows of an hour, by its start, were found or written. */
  void add(int cluster, long observedMillis, Range range) {
    byCluster
        .computeIfAbsent(cluster, number -> new TreeMap<>())
        .merge(ChunkSpan.startMillis(0, observedMillis), range, Range::and);
  }

  /** A row is gone. */
  void remove(int cluster, long observedMillis) {
    TreeMap<Long, Range> hours = byCluster.get(cluster);
    if (hours != null) {
      hours.computeIfPresent(
          ChunkSpan.startMillis(0, observedMillis),
          (hour, range) ->
              range.rows == 1 ? null : new Range(range.first, range.last, range.rows - 1));
    }
  }

  /** All rows of hours that start in a span are gone. */
  void removeAll(int cluster, long fromMillis, long toMillis) {
    TreeMap<Long, Range> hours = byCluster.get(cluster);
    if (hours != null) {
      hours.subMap(fromMillis, toMillis).clear();
    }
  }

  /** Start of the oldest hour with rows, from that of a time on; null when there is none. */
  Long oldest(int cluster, long fromMillis) {
    TreeMap<Long, Range> hours = byCluster.get(cluster);
    return hours == null ? null : hours.ceilingKey(fromMillis);
  }

  /** The rows of hours that touch a span. */
  Range range(int cluster, long fromMillis, long toMillis) {
    TreeMap<Long, Range> hours = byCluster.get(cluster);
    if (hours == null) {
      return Range.NONE;
    }
    Range all = Range.NONE;
    for (Range one : hours.subMap(fromMillis - HOUR_MILLIS + 1, toMillis).values()) {
      all = all.and(one);
    }
    return all;
  }
}
