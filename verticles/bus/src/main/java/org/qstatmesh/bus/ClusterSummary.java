package org.qstatmesh.bus;

import java.util.List;
import org.qstatmesh.wire.Visibility;

/**
 * One cluster as a row shows it: counts, never jobs. Counts are tasks. This record is the body of
 * the browser's row.
 *
 * @param cluster id
 * @param title what the page calls it
 * @param drms scheduler; null while never seen
 * @param drmsVersion its version
 * @param serverName its server
 * @param visibility whose jobs are counted
 * @param status whether the numbers can be believed; the poller says UP, broadcast decides for the
 *     row
 * @param failure what does not work; also set in an UP row of which one collector failed; null when
 *     all works
 * @param revision broadcast's own counter, by which a page orders what it gets; 0 before broadcast
 * @param snapshotId the collection; with {@code cluster} the key of a stored summary
 * @param observedAtEpochMillis when it was true, by the server's clock: receive time minus the
 *     snapshot's age
 * @param receivedAtEpochMillis when it arrived
 * @param staleAfterMillis age from which the row is stale
 * @param jobs tasks by state; null where the collector never worked
 * @param slots cores; null where the collector never worked
 * @param gpus GPUs; null where the collector never worked
 * @param nodes hosts by state; null where the collector never worked
 * @param usage who uses it; null where the collector never worked
 * @param waiting why tasks wait, most tasks first
 * @param queues queues; null where the collector never worked
 */
public record ClusterSummary(
    String cluster,
    String title,
    String drms,
    String drmsVersion,
    String serverName,
    Visibility visibility,
    ClusterStatus status,
    Failure failure,
    long revision,
    String snapshotId,
    Long observedAtEpochMillis,
    Long receivedAtEpochMillis,
    long staleAfterMillis,
    Jobs jobs,
    Slots slots,
    Gpus gpus,
    Nodes nodes,
    Usage usage,
    List<Waiting> waiting,
    List<QueueCount> queues) {

  /** Copies the lists. */
  public ClusterSummary {
    waiting = waiting == null ? null : List.copyOf(waiting);
    queues = queues == null ? null : List.copyOf(queues);
  }

  /** Tasks by state. */
  public record Jobs(int running, int queued, int held, int suspended, int undetermined) {}

  /**
   * Cores.
   *
   * @param total of all nodes
   * @param used as the nodes report; may be more than the jobs' sum: the rest is "not attributed"
   * @param free can take work now
   * @param unavailable {@code max(0, total - used - free)}
   * @param largestFreeOnOneNode most free cores on one node
   */
  public record Slots(int total, int used, int free, int unavailable, int largestFreeOnOneNode) {}

  /** GPUs of all nodes. */
  public record Gpus(int total, int used) {}

  /** Hosts by state. */
  public record Nodes(
      int total,
      int free,
      int partial,
      int full,
      int draining,
      int offline,
      int down,
      int unknown) {}

  /**
   * The same use, told in several ways; each list by running slots, then key.
   *
   * @param lab by lab, as {@link People} has it; what is no lab's has the key {@code ""}, so that
   *     all ways come to the same sum; null while no lab is configured, and where it is not known
   */
  public record Usage(
      List<Use> user, List<Use> group, List<Use> account, List<Use> queue, List<Use> lab) {
    /** Use of which no lab is known. */
    public Usage(List<Use> user, List<Use> group, List<Use> account, List<Use> queue) {
      this(user, group, account, queue, null);
    }

    /** Copies the lists. */
    public Usage {
      user = List.copyOf(user);
      group = List.copyOf(group);
      account = List.copyOf(account);
      queue = List.copyOf(queue);
      lab = lab == null ? null : List.copyOf(lab);
    }

    /** The same use with this list by lab. */
    public Usage byLab(List<Use> newLab) {
      return new Usage(user, group, account, queue, newLab);
    }
  }

  /** What one user, group, account, queue or lab uses and waits for. */
  public record Use(
      String key,
      int runningJobs,
      int runningSlots,
      int runningGpus,
      int queuedJobs,
      int queuedSlots,
      int heldJobs) {}

  /** Tasks that wait for one reason. */
  public record Waiting(String reason, int jobs, int slots) {}

  /** One queue. */
  public record QueueCount(
      String queueName,
      Boolean enabled,
      Boolean started,
      int runningJobs,
      int queuedJobs,
      Long wallclockLimitSeconds,
      Integer slotsLimit) {}

  /** The same picture under another status, failure and revision. */
  public ClusterSummary as(ClusterStatus newStatus, Failure newFailure, long newRevision) {
    return with(title, newStatus, newFailure, newRevision, usage);
  }

  /** The same picture under the title that is configured now. */
  public ClusterSummary titled(String newTitle) {
    return with(newTitle, status, failure, revision, usage);
  }

  /** The same picture with its use told otherwise. */
  public ClusterSummary using(Usage newUsage) {
    return with(title, status, failure, revision, newUsage);
  }

  private ClusterSummary with(
      String newTitle,
      ClusterStatus newStatus,
      Failure newFailure,
      long newRevision,
      Usage newUsage) {
    return new ClusterSummary(
        cluster,
        newTitle,
        drms,
        drmsVersion,
        serverName,
        visibility,
        newStatus,
        newFailure,
        newRevision,
        snapshotId,
        observedAtEpochMillis,
        receivedAtEpochMillis,
        staleAfterMillis,
        jobs,
        slots,
        gpus,
        nodes,
        newUsage,
        waiting,
        queues);
  }

  /** A row of a cluster that was never seen. */
  public static ClusterSummary neverSeen(String cluster, String title, long staleAfterMillis) {
    return new ClusterSummary(
        cluster,
        title,
        null,
        null,
        null,
        Visibility.UNKNOWN,
        ClusterStatus.UNKNOWN,
        null,
        0,
        null,
        null,
        null,
        staleAfterMillis,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }
}
