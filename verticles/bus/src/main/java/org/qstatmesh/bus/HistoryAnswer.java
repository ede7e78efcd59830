package org.qstatmesh.bus;

import java.util.List;

/**
 * A measure over time. All lists are as long as {@code times}; a null value is "no data", never 0.
 *
 * @param stepMillis length of a step, aligned to the epoch
 * @param times start of each step
 * @param series the largest keys, largest first; a value is the mean over its step
 * @param others sum of all keys that have no series
 * @param free free slots
 * @param total slots of the cluster
 */
public record HistoryAnswer(
    long stepMillis,
    List<Long> times,
    List<Series> series,
    List<Double> others,
    List<Double> free,
    List<Double> total)
    implements MeshMessage {

  /** One key's values. */
  public record Series(String key, List<Double> values) {}
}
