package org.qstatmesh.broadcast.notify;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.qstatmesh.bus.ClusterSummary;

/**
 * Lets each sample's changes through once: a sample is published again until a store has it. One
 * thread.
 */
final class NewSamples {
  private record Heard(String snapshotId, long atEpochMillis) {}

  private final Map<String, Heard> newest = new HashMap<>();

  /** Whether this sample is newer than all that were noted. */
  boolean isNew(ClusterSummary summary, long nowEpochMillis) {
    Heard last = newest.get(summary.cluster());
    if (last == null) {
      return true;
    }
    // A time to come was told by a clock that has been set back since: nothing is older by it.
    boolean older =
        received(summary) < last.atEpochMillis() && last.atEpochMillis() <= nowEpochMillis;
    return !older && !last.snapshotId().equals(summary.snapshotId());
  }

  void note(ClusterSummary summary) {
    newest.put(
        summary.cluster(), new Heard(String.valueOf(summary.snapshotId()), received(summary)));
  }

  private static long received(ClusterSummary summary) {
    return summary.receivedAtEpochMillis() == null ? 0 : summary.receivedAtEpochMillis();
  }

  void keep(Set<String> clusters) {
    newest.keySet().retainAll(clusters);
  }
}
