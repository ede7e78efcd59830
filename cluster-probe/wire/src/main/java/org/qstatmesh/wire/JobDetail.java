package org.qstatmesh.wire;

/**
 * One job in full.
 *
 * @param job the record as in a snapshot
 * @param reason why it waits, in plain words; null when it does not wait or nobody says
 * @param text the allowed attributes as the scheduler words them, one a line; never environment,
 *     script, paths or addresses
 */
public record JobDetail(Job job, String reason, String text) {}
