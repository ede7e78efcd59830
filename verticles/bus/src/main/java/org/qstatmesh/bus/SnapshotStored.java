package org.qstatmesh.bus;

/** The summary of {@code snapshotId} is on disk, or was already. */
public record SnapshotStored(String cluster, String snapshotId) implements MeshMessage {}
