package org.qstatmesh.bus;

/**
 * Has a node start one of its stages again.
 *
 * @param stage its label
 */
public record StageRestart(String stage) implements MeshMessage {}
