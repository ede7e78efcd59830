package org.qstatmesh.broadcast.fit;

import java.util.List;
import org.qstatmesh.bus.ClusterStatus;
import org.qstatmesh.bus.FitAnswer.QueueFit;
import org.qstatmesh.wire.Visibility;

/**
 * Queues of all clusters asked for, the best first.
 *
 * @param askedAtEpochMillis when it was asked, by the server's clock
 * @param waitsFromEpochMillis waits are of jobs that started since then
 * @param waitsKnown whether the history answered; else every {@code waited} is null
 * @param choices at most {@link FitRanking#MOST_CHOICES}; a cluster that did not answer is one
 *     whose queue has no name and the reason NO_ANSWER
 * @param omitted queues beyond those
 */
public record FitChoices(
    long askedAtEpochMillis,
    long waitsFromEpochMillis,
    boolean waitsKnown,
    List<Choice> choices,
    int omitted) {
  /** Copies the list. */
  public FitChoices {
    choices = List.copyOf(choices);
  }

  /**
   * One queue of one cluster.
   *
   * @param cluster id
   * @param status how its row stands
   * @param takenAtEpochMillis when its nodes were looked at; null without an answer
   * @param visibility whose jobs are counted as waiting; null without an answer
   * @param queue how it fits there
   * @param waited how long such jobs waited there; null when the history did not answer
   * @param keptFromEpochMillis waits are known from then on; null when nothing is kept of the
   *     cluster, or the history did not answer
   */
  public record Choice(
      String cluster,
      ClusterStatus status,
      Long takenAtEpochMillis,
      Visibility visibility,
      QueueFit queue,
      Waited waited,
      Long keptFromEpochMillis) {}

  /**
   * How long jobs of about that size waited in that queue.
   *
   * @param minSlots smallest job counted, cores of one task; null when there was none
   * @param maxSlots largest job counted; null for no limit, or when there was none
   * @param count how many started in the window
   * @param p50Seconds half of them waited no longer; null when they are too few to say
   * @param p90Seconds nine of ten waited no longer; null when they are too few to say
   */
  public record Waited(
      Integer minSlots, Integer maxSlots, long count, Long p50Seconds, Long p90Seconds) {
    static final Waited NONE = new Waited(null, null, 0, null, null);
  }
}
