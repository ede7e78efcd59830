package org.qstatmesh.store;

import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.qstatmesh.bus.ClusterSummary;

/**
 * Summaries that are not on disk yet, oldest first, each once however often it is published. Over
 * the bound the oldest is dropped: its poller keeps it and publishes it again. One thread.
 */
final class PendingSummaries {
  private final int bound;
  private final Map<Key, ClusterSummary> summaries = new LinkedHashMap<>();

  private record Key(String cluster, String snapshotId) {
    static Key of(ClusterSummary summary) {
      return new Key(summary.cluster(), summary.snapshotId());
    }
  }

  PendingSummaries(int bound) {
    this.bound = bound;
  }

  /** Returns whether the oldest was dropped for it. */
  boolean add(ClusterSummary summary) {
    summaries.putIfAbsent(Key.of(summary), summary);
    if (summaries.size() <= bound) {
      return false;
    }
    Iterator<Key> oldest = summaries.keySet().iterator();
    oldest.next();
    oldest.remove();
    return true;
  }

  /** The oldest, at most {@code limit}; they stay. */
  List<ClusterSummary> oldest(int limit) {
    return summaries.values().stream().limit(limit).toList();
  }

  void remove(Collection<ClusterSummary> done) {
    done.forEach(summary -> summaries.remove(Key.of(summary)));
  }

  int size() {
    return summaries.size();
  }

  boolean isEmpty() {
    return summaries.isEmpty();
  }
}
