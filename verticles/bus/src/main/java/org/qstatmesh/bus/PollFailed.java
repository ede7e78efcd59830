package org.qstatmesh.bus;

/**
 * A poll failed.
 *
 * @param cluster id
 * @param failure why; {@code sinceEpochMillis} is the first of this row of failures
 * @param failuresInARow how many polls in a row failed, from 1; a receiver that lost a message
 *     still counts right
 * @param atEpochMillis when this poll failed
 */
public record PollFailed(String cluster, Failure failure, int failuresInARow, long atEpochMillis)
    implements MeshMessage {}
