package org.qstatmesh.bus;

/**
 * A stage serves again.
 *
 * @param node where
 * @param stage its label
 */
public record StageRestarted(String node, String stage) implements MeshMessage {}
