package org.qstatmesh.store;

import java.util.Set;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.bus.SnapshotTaken;
import org.qstatmesh.bus.SnapshotTaken.Part;

/** What of a summary was observed: what it keeps of an earlier one is a gap in the history. */
public final class Observed {
  private Observed() {}

  public static ClusterSummary of(SnapshotTaken taken) {
    ClusterSummary summary = taken.summary();
    Set<Part> kept = taken.keptParts();
    if (kept.isEmpty()) {
      return summary;
    }
    boolean jobs = !kept.contains(Part.JOBS);
    boolean nodes = !kept.contains(Part.NODES);
    return new ClusterSummary(
        summary.cluster(),
        summary.title(),
        summary.drms(),
        summary.drmsVersion(),
        summary.serverName(),
        summary.visibility(),
        summary.status(),
        summary.failure(),
        summary.revision(),
        summary.snapshotId(),
        summary.observedAtEpochMillis(),
        summary.receivedAtEpochMillis(),
        summary.staleAfterMillis(),
        jobs ? summary.jobs() : null,
        nodes ? summary.slots() : null,
        nodes ? summary.gpus() : null,
        nodes ? summary.nodes() : null,
        jobs ? summary.usage() : null,
        jobs ? summary.waiting() : null,
        kept.contains(Part.QUEUES) ? null : summary.queues());
  }
}
