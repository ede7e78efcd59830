package org.qstatmesh.probe.gridengine;

/**
 * What {@code qstat -j} says of a job and the listing of states does not.
 *
 * @param owner login name
 * @param group the group it was submitted with
 * @param account {@code -A}; {@code sge} where none was given
 * @param queues the cluster queues it asks for, by comma; null when it takes any
 * @param submissionTimeEpochSeconds when it was submitted
 * @param startAfterEpochSeconds not to be started before ({@code -a}); null for at once
 * @param wallclockLimitSeconds {@code -l h_rt}
 * @param priority {@code -p}: -1023 to 1024, 0 where none was given
 * @param waitsForAnother whether a job it has to wait for is still there
 */
record SubmittedJob(
    String owner,
    String group,
    String account,
    String queues,
    Long submissionTimeEpochSeconds,
    Long startAfterEpochSeconds,
    Long wallclockLimitSeconds,
    Long priority,
    boolean waitsForAnother) {}
