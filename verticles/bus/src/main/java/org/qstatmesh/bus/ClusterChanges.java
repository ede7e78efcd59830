package org.qstatmesh.bus;

import java.util.List;
import org.qstatmesh.wire.NodeState;

/**
 * What changed between a snapshot and the one before it, by the poller that compared them. Travels
 * with the summary of the later one, so that both are stored or neither. Bounded: see {@code
 * omitted}.
 *
 * @param jobs jobs that came, started or ended
 * @param nodes nodes whose state changed
 * @param omitted changes left out because there were too many at once
 */
public record ClusterChanges(List<JobEvent> jobs, List<NodeEvent> nodes, int omitted) {
  /** Nothing changed. */
  public static final ClusterChanges NONE = new ClusterChanges(List.of(), List.of(), 0);

  /** Copies the lists. */
  public ClusterChanges {
    jobs = List.copyOf(jobs);
    nodes = List.copyOf(nodes);
  }

  /** Whether there is nothing in it. */
  public boolean isEmpty() {
    return jobs.isEmpty() && nodes.isEmpty() && omitted == 0;
  }

  /** What happened to a cluster as a whole. */
  public enum ClusterChange {
    /** Two polls in a row failed. */
    CLUSTER_DOWN,
    /** It answers again. */
    CLUSTER_UP
  }

  /**
   * A cluster stopped answering, or answers again; the store finds it out from polls.
   *
   * @param change which of both
   * @param atEpochMillis when, by the server's clock: of the first poll that failed, or of the
   *     first answer after it
   * @param failure why it is down; null when it is up, or when a newer release names a failure that
   *     is not known here
   */
  public record ClusterEvent(ClusterChange change, long atEpochMillis, FailureCode failure) {}

  /** What happened to a job. */
  public enum JobChange {
    SUBMITTED,
    STARTED,
    FINISHED
  }

  /**
   * A job, or so many tasks of an array, came, started or ended. Times of the job are the cluster's
   * own clock; they are null where the scheduler does not say them.
   *
   * @param change what happened
   * @param atEpochMillis when it was seen, by the server's clock: not before it happened
   * @param jobId as the scheduler writes it
   * @param jobOwner login; null where hidden
   * @param queueName its queue; null where there is none
   * @param accountingId what it is charged to; null where there is none
   * @param tasks how many tasks of it, 1 unless it is an array
   * @param slots cores of one task; 0 when the scheduler does not say
   * @param submissionTimeEpochSeconds when it was submitted
   * @param dispatchTimeEpochSeconds when it started, or was seen to have where the scheduler only
   *     counts tasks; of FINISHED null for one that never did or was only counted
   * @param finishTimeEpochSeconds when it ended, of FINISHED only: that is between the two
   *     snapshots, the later of which it is
   * @param waitSeconds of STARTED: from submission to start; null when one of them is unknown
   */
  public record JobEvent(
      JobChange change,
      long atEpochMillis,
      String jobId,
      String jobOwner,
      String queueName,
      String accountingId,
      int tasks,
      int slots,
      Long submissionTimeEpochSeconds,
      Long dispatchTimeEpochSeconds,
      Long finishTimeEpochSeconds,
      Long waitSeconds) {}

  /**
   * A node's state changed, from or to one in which it takes no work: how full it is, the jobs say.
   *
   * @param atEpochMillis when it was seen, by the server's clock
   * @param nodeName its name
   * @param from state before; null for a node that is new
   * @param to state since; null for a node that is gone
   * @param reason why, as the administrator or the scheduler says; null when neither does
   */
  public record NodeEvent(
      long atEpochMillis, String nodeName, NodeState from, NodeState to, String reason) {}
}
