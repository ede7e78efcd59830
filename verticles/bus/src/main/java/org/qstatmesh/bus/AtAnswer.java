package org.qstatmesh.bus;

import java.util.List;

/**
 * The grid as it was: of each cluster the stored summary that is nearest to the moment, whose
 * {@code observedAtEpochMillis} says how near. Where only a longer step is kept, the summary is its
 * last one, without what steps do not keep: {@code waiting} has no more than reasons and counts,
 * {@code queues} and {@code failure} are null, {@code snapshotId} is empty, and it is as of the end
 * of its step.
 *
 * @param atEpochMillis the moment asked for
 * @param summaries by cluster id; a cluster of which nothing is stored is missing
 */
public record AtAnswer(long atEpochMillis, List<ClusterSummary> summaries) implements MeshMessage {
  /** Copies the list. */
  public AtAnswer {
    summaries = List.copyOf(summaries);
  }
}
