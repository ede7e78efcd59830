package org.qstatmesh.store.write;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.qstatmesh.bus.PollFailed;

/**
 * Polls that failed and are not on disk yet: the newest of each cluster. What is written already is
 * not written again at each poll of an outage, which is known by its begin. One thread.
 */
final class PendingFailures {
  /** A cluster counts as down from here on: one lost packet is no outage. */
  private static final int FAILURES_IN_A_ROW = 2;

  private final int mostClusters;
  private final Map<String, PollFailed> waiting = new LinkedHashMap<>();

  /** Begin of the outage that was written last, by cluster. */
  private final Map<String, Long> written = new HashMap<>();

  /** Holds nothing yet, and never more than one of so many clusters. */
  PendingFailures(int mostClusters) {
    this.mostClusters = mostClusters;
  }

  /** Returns whether it was dropped because there are too many: its poller says it again. */
  boolean add(PollFailed failed) {
    Long known = written.get(failed.cluster());
    if (failed.failuresInARow() < FAILURES_IN_A_ROW
        || (known != null && known == failed.failure().sinceEpochMillis())) {
      return false;
    }
    if (waiting.size() >= mostClusters && !waiting.containsKey(failed.cluster())) {
      return true;
    }
    waiting.put(failed.cluster(), failed);
    return false;
  }

  List<PollFailed> all() {
    return List.copyOf(waiting.values());
  }

  /** They are on disk. */
  void remove(Collection<PollFailed> done) {
    for (PollFailed failed : done) {
      waiting.remove(failed.cluster(), failed);
      if (written.size() >= mostClusters) {
        written.clear();
      }
      written.put(failed.cluster(), failed.failure().sinceEpochMillis());
    }
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }
}
