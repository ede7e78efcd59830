package org.qstatmesh.bus;

/** Asks for one job in full, live. */
public record JobQuery(String jobId) implements MeshMessage {}
