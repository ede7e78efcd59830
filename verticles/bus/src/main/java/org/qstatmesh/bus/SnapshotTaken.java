package org.qstatmesh.bus;

/**
 * A cluster answered; published again until {@link SnapshotStored} names it, for at most 15
 * minutes.
 */
public record SnapshotTaken(ClusterSummary summary) implements MeshMessage {}
