package org.qstatmesh.wire;

import java.util.List;

/**
 * What one collection counted, without the jobs and hosts themselves: its size grows with users and
 * queues only. Counts are tasks. A part is null when its collector failed.
 *
 * @param jobs tasks by state
 * @param slots cores
 * @param gpus GPUs
 * @param nodes hosts by state
 * @param usage who uses it and who waits for it
 * @param waiting why tasks wait, most tasks first; at most {@link #MAX_REASONS} and one for the
 *     rest
 * @param queues queues and what is in them; null also where the scheduler has no queues
 */
public record Summary(
    Jobs jobs,
    Slots slots,
    Gpus gpus,
    Nodes nodes,
    Usage usage,
    List<Waiting> waiting,
    List<QueueCount> queues) {

  /**
   * Most keys in each list of a usage: a summary is kept for years, so whoever invents a user per
   * job must not make it as large as the job list. What is beyond is one more entry.
   */
  public static final int MAX_KEYS = 2_000;

  /** Most reasons that are named; what is beyond is one more entry. */
  public static final int MAX_REASONS = 12;

  /** Longest key or reason, in characters, but for the sign that something was cut off. */
  public static final int MAX_KEY_LENGTH = 200;

  /** Copies the lists. */
  public Summary {
    waiting = waiting == null ? null : List.copyOf(waiting);
    queues = queues == null ? null : List.copyOf(queues);
  }

  /** Tasks by state. */
  public record Jobs(int running, int queued, int held, int suspended, int undetermined) {}

  /**
   * Cores.
   *
   * @param total of all nodes
   * @param used as the nodes report
   * @param free can take work now
   * @param unavailable {@code max(0, total - used - free)}
   * @param largestFreeOnOneNode most free cores on one node
   */
  public record Slots(int total, int used, int free, int unavailable, int largestFreeOnOneNode) {}

  /**
   * GPUs.
   *
   * @param total of all nodes
   * @param used as the nodes report, or what the running jobs hold where the nodes do not say
   */
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

  /** The same use, told four ways; each list by running slots, then key. */
  public record Usage(List<Use> user, List<Use> group, List<Use> account, List<Use> queue) {
    /** Copies the lists. */
    public Usage {
      user = List.copyOf(user);
      group = List.copyOf(group);
      account = List.copyOf(account);
      queue = List.copyOf(queue);
    }
  }

  /** What one user, group, account or queue uses and waits for. */
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

  /**
   * One queue.
   *
   * @param queueName its name
   * @param enabled whether it takes new jobs; null when unknown
   * @param started whether it starts jobs; null when unknown
   * @param runningJobs tasks that run
   * @param queuedJobs tasks that wait and are not held
   * @param wallclockLimitSeconds longest job it takes; null when unlimited or unknown
   * @param slotsLimit most cores it gives out; null when unlimited or unknown
   */
  public record QueueCount(
      String queueName,
      Boolean enabled,
      Boolean started,
      int runningJobs,
      int queuedJobs,
      Long wallclockLimitSeconds,
      Integer slotsLimit) {}
}
