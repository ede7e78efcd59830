package org.qstatmesh.bus;

import java.util.Set;

/**
 * A cluster answered; published again until {@link SnapshotStored} names it, for at most 15
 * minutes.
 *
 * @param summary what was counted
 * @param backfilled whether it was counted while the poller was away and is handed in later: news
 *     for the history only, never the cluster's newest; absent from a node that knows nothing of it
 * @param keptParts parts of the summary that are those of an earlier snapshot, because their
 *     collector failed: news for nobody, and no sample of the history; absent is none
 * @param changes what changed since the snapshot before; absent is nothing
 */
public record SnapshotTaken(
    ClusterSummary summary, Boolean backfilled, Set<Part> keptParts, ClusterChanges changes)
    implements MeshMessage {

  /** What one collector of a probe fills. */
  public enum Part {
    /** {@code jobs}, {@code usage} and {@code waiting}. */
    JOBS,
    /** {@code slots}, {@code gpus} and {@code nodes}. */
    NODES,
    /** {@code queues}. */
    QUEUES
  }

  /** What is not said to be handed in later is news. */
  public SnapshotTaken {
    backfilled = Boolean.TRUE.equals(backfilled);
    keptParts = keptParts == null ? Set.of() : Set.copyOf(keptParts);
    changes = changes == null ? ClusterChanges.NONE : changes;
  }

  /** A whole snapshot of which no change is known. */
  public SnapshotTaken(ClusterSummary summary, boolean backfilled) {
    this(summary, backfilled, null, null);
  }

  /** News. */
  public SnapshotTaken(ClusterSummary summary) {
    this(summary, false);
  }
}
