package org.qstatmesh.bus;

/**
 * A cluster answered; published again until {@link SnapshotStored} names it, for at most 15
 * minutes.
 *
 * @param summary what was counted
 * @param backfilled whether it was counted while the poller was away and is handed in later: news
 *     for the history only, never the cluster's newest; absent from a node that knows nothing of it
 */
public record SnapshotTaken(ClusterSummary summary, Boolean backfilled) implements MeshMessage {
  /** What is not said to be handed in later is news. */
  public SnapshotTaken {
    backfilled = Boolean.TRUE.equals(backfilled);
  }

  /** News. */
  public SnapshotTaken(ClusterSummary summary) {
    this(summary, false);
  }
}
