package org.qstatmesh.store.write;

import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.bus.ClusterSummary.Usage;
import org.qstatmesh.bus.SnapshotTaken;

/**
 * Summaries that are not on disk yet, oldest first, each once however often it is published. Over a
 * bound the oldest are dropped: their poller keeps them and publishes them again. One thread.
 */
final class PendingSummaries {
  private final int bound;
  private final long weightBound;
  private final Map<Key, SnapshotTaken> summaries = new LinkedHashMap<>();

  private long weight;

  private record Key(String cluster, String snapshotId) {
    static Key of(SnapshotTaken taken) {
      return new Key(taken.summary().cluster(), taken.summary().snapshotId());
    }
  }

  /**
   * Holds nothing yet.
   *
   * @param bound most summaries
   * @param weightBound most entries of their lists, some 100 bytes each; the newest stays though it
   *     alone has more
   */
  PendingSummaries(int bound, long weightBound) {
    this.bound = bound;
    this.weightBound = weightBound;
  }

  /** Returns how many of the oldest were dropped for it. What was seen live stands for both. */
  int add(SnapshotTaken taken) {
    Key key = Key.of(taken);
    SnapshotTaken waiting = summaries.get(key);
    if (waiting == null) {
      summaries.put(key, taken);
      weight += weightOf(taken);
    } else if (waiting.backfilled() && !taken.backfilled()) {
      summaries.put(key, taken);
      weight += weightOf(taken) - weightOf(waiting);
    }
    int dropped = 0;
    Iterator<SnapshotTaken> oldest = summaries.values().iterator();
    while (summaries.size() > bound || (weight > weightBound && summaries.size() > 1)) {
      weight -= weightOf(oldest.next());
      oldest.remove();
      dropped++;
    }
    return dropped;
  }

  private static long weightOf(SnapshotTaken taken) {
    ClusterSummary summary = taken.summary();
    Usage usage = summary.usage();
    long weight = 1L + sizeOf(summary.waiting()) + sizeOf(summary.queues());
    if (usage != null) {
      weight +=
          usage.user().size()
              + usage.group().size()
              + usage.account().size()
              + usage.queue().size()
              + sizeOf(usage.lab());
    }
    return weight + 2L * taken.changes().jobs().size() + taken.changes().nodes().size();
  }

  private static int sizeOf(Collection<?> list) {
    return list == null ? 0 : list.size();
  }

  /** The oldest, at most {@code limit}; they stay. */
  List<SnapshotTaken> oldest(int limit) {
    return summaries.values().stream().limit(limit).toList();
  }

  void remove(Collection<SnapshotTaken> done) {
    for (SnapshotTaken taken : done) {
      SnapshotTaken waiting = summaries.remove(Key.of(taken));
      weight -= waiting == null ? 0 : weightOf(waiting);
    }
  }

  /** Entries of the lists of all that wait. */
  long weight() {
    return weight;
  }

  int size() {
    return summaries.size();
  }

  boolean isEmpty() {
    return summaries.isEmpty();
  }
}
