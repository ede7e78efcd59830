package org.qstatmesh.store;

import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.qstatmesh.bus.SnapshotTaken;

/**
 * Summaries that are not on disk yet, oldest first, each once however often it is published. Over
 * the bound the oldest is dropped: its poller keeps it and publishes it again. One thread.
 */
final class PendingSummaries {
  private final int bound;
  private final Map<Key, SnapshotTaken> summaries = new LinkedHashMap<>();

  private record Key(String cluster, String snapshotId) {
    static Key of(SnapshotTaken taken) {
      return new Key(taken.summary().cluster(), taken.summary().snapshotId());
    }
  }

  PendingSummaries(int bound) {
    this.bound = bound;
  }

  /** Returns whether the oldest was dropped for it. What was seen live stands for both. */
  boolean add(SnapshotTaken taken) {
    summaries.merge(
        Key.of(taken),
        taken,
        (one, other) -> one.backfilled() && !other.backfilled() ? other : one);
    if (summaries.size() <= bound) {
      return false;
    }
    Iterator<Key> oldest = summaries.keySet().iterator();
    oldest.next();
    oldest.remove();
    return true;
  }

  /** The oldest, at most {@code limit}; they stay. */
  List<SnapshotTaken> oldest(int limit) {
    return summaries.values().stream().limit(limit).toList();
  }

  void remove(Collection<SnapshotTaken> done) {
    done.forEach(taken -> summaries.remove(Key.of(taken)));
  }

  int size() {
    return summaries.size();
  }

  boolean isEmpty() {
    return summaries.isEmpty();
  }
}
