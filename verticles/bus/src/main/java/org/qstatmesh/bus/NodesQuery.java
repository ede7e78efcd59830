package org.qstatmesh.bus;

/** Asks for the newest snapshot's nodes. */
public record NodesQuery() implements MeshMessage {}
