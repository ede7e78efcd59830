package org.qstatmesh.bus;

/** Asks every node to say that it is there. */
public record RollCall() implements MeshMessage {}
