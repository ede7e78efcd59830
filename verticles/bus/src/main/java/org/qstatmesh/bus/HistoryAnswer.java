package org.qstatmesh.bus;

import java.util.List;

/**
 * A measure over time. All lists are as long as {@code times}; a null value is "no data", never 0.
 *
 * @param stepMillis length of a step, aligned to the epoch; longer than maxPoints asks for where
 *     only longer ones are still kept
 * @param times start of each step
 * @param series the largest keys, largest first; a value is the mean over its step
 * @param others sum of all keys that have no series
 * @param free free slots
 * @param total slots of the cluster
 * @param sourceStepMillis length of the stored steps that it was made from, those that hold the
 *     ends of the range count whole; 0: every sample; null from an older release
 */
public record HistoryAnswer(
    long stepMillis,
    List<Long> times,
    List<Series> series,
    List<Double> others,
    List<Double> free,
    List<Double> total,
    Long sourceStepMillis)
    implements MeshMessage {

  /**
   * One key's values.
   *
   * @param key who; null for those without a name
   * @param values mean over each step
   * @param min least in each step, over every sample of it; null unless the band was asked for
   * @param max most in each step, so that no peak is lost in the mean; null likewise
   */
  public record Series(String key, List<Double> values, List<Double> min, List<Double> max) {}
}
