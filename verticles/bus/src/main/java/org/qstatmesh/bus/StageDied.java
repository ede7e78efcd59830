package org.qstatmesh.bus;

/**
 * A stage's owner thread ended or its library is beyond repair.
 *
 * @param stage name of the stage: tunnel, poller, store or broadcast
 * @param detail what happened, one line
 */
public record StageDied(String stage, String detail) implements NodeMessage {}
