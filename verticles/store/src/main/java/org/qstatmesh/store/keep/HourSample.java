package org.qstatmesh.store.keep;

import java.util.Map;
import org.qstatmesh.store.chunk.Head;
import org.qstatmesh.store.chunk.Part;
import org.qstatmesh.store.row.RowSample;

/**
 * A sample on its way from a row to the chunks of its hour.
 *
 * @param offsetMillis when it was observed, from the hour's start
 * @param head what is no number
 * @param values of each part that it knows: key, then its measures, again and again; HEAD: the
 *     queues as listed
 */
record HourSample(long offsetMillis, Head head, Map<Part, long[]> values) {

  static HourSample of(RowSample row, long hourMillis) {
    return new HourSample(row.observedAtEpochMillis() - hourMillis, row.head(), row.values());
  }

  /** In the order of a table: by time, then snapshot. */
  static int byTime(HourSample one, HourSample other) {
    int byTime = Long.compare(one.offsetMillis, other.offsetMillis);
    return byTime != 0 ? byTime : one.head.snapshotId().compareTo(other.head.snapshotId());
  }

  /** Of two of the same snapshot: what was seen live stands for what was filled in. */
  static HourSample standing(HourSample one, HourSample other) {
    return one.head.backfilled() && !other.head.backfilled() ? other : one;
  }
}
