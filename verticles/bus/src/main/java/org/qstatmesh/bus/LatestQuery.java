package org.qstatmesh.bus;

/** Asks for the newest stored summary of every cluster. */
public record LatestQuery() implements MeshMessage {}
