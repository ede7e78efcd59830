package org.qstatmesh.bus;

/**
 * What a stage that is up has to say of itself to whoever looks after it.
 *
 * @param stage its label
 * @param note one line; null for nothing any more
 */
public record StageNote(String stage, String note) implements NodeMessage {}
