package org.qstatmesh.wire;

/**
 * What became of one collector in one collection.
 *
 * @param collector {@code jobs}, {@code nodes}, {@code queues} or {@code server}; where another
 *     command adds to the jobs or nodes, {@code jobDetails}, {@code jobReasons} or {@code
 *     nodeDetails}
 * @param command the command line that was run
 * @param success whether its part of the snapshot can be trusted
 * @param durationSeconds how long the command and its parser took
 * @param outputBytes what the command printed; null from a foreign probe
 * @param problems records left out because they could not be understood
 * @param error why it failed; null on success
 */
public record CollectorReport(
    String collector,
    String command,
    boolean success,
    double durationSeconds,
    Long outputBytes,
    int problems,
    ProbeError error) {}
