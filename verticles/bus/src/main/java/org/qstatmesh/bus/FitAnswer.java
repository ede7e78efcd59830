package org.qstatmesh.bus;

import java.util.List;
import org.qstatmesh.wire.Visibility;

/**
 * Where in a cluster a job fits, by its newest snapshot: what is free and what is known to stand in
 * the way, never when a job starts.
 *
 * @param takenAtEpochMillis when its nodes were looked at, by the server's clock
 * @param visibility whose jobs are in {@code queuedJobs}
 * @param queues each queue, those first in which it fits soonest; of a cluster that names none, one
 *     whose {@code queueName} is null
 * @param omitted queues beyond those, in which it fits no sooner
 */
public record FitAnswer(
    long takenAtEpochMillis, Visibility visibility, List<QueueFit> queues, int omitted)
    implements MeshMessage {
  /** Copies the list. */
  public FitAnswer {
    queues = List.copyOf(queues);
  }

  /** Whether a job fits, the sooner the better. */
  public enum Fits {
    /** Enough is free, and nothing that is known stands in the way but jobs that wait. */
    NOW,
    /** The queue takes such jobs and has the nodes, but something must change first. */
    LATER,
    /** What is known of the nodes or the queue does not decide it. */
    UNKNOWN,
    /** As the queue and its nodes are set up, no such job is taken or ever started. */
    NEVER
  }

  /** What stands in the way, or why it cannot be told. */
  public enum Reason {
    /** The queue takes no new jobs. */
    QUEUE_DISABLED,
    /** It is to run longer than the queue lets jobs run. */
    WALLTIME_LIMIT,
    /** It wants more cores than the queue gives out. */
    SLOTS_LIMIT,
    /** No node serves the queue. */
    NO_NODES,
    /** No node has as much, however idle. */
    NO_NODE_LARGE_ENOUGH,
    /** Some nodes have as much, but fewer than are wanted. */
    TOO_FEW_NODES,
    /** All nodes together have fewer cores than are wanted. */
    TOO_FEW_SLOTS,
    /** The queue starts no jobs. */
    QUEUE_STOPPED,
    /** The queue's running jobs leave too few of the cores that it gives out. */
    SLOTS_LIMIT_REACHED,
    /** There are nodes that have as much; too little of them is free. */
    NOT_ENOUGH_FREE,
    /** Only with nodes that are down, offline or draining would it be enough. */
    NODES_OUT_OF_SERVICE,
    /** Cores, or free cores, of nodes are not known. */
    SLOTS_UNKNOWN,
    /** GPUs, or used GPUs, of nodes are not known. */
    GPUS_UNKNOWN,
    /** Memory, or used memory, of nodes is not known. */
    MEMORY_UNKNOWN,
    /** Whether the queue takes and starts jobs is not known. */
    QUEUE_UNKNOWN,
    /**
     * The scheduler may show the probe its own jobs only: more may run and wait than are counted.
     */
    VISIBILITY,
    /** The news is too old to say what is free now. */
    STALE,
    /** Nobody answered for the cluster. */
    NO_ANSWER
  }

  /**
   * How it fits in one queue.
   *
   * @param queueName null where the cluster names no queues
   * @param enabled whether the queue takes new jobs; null when unknown
   * @param started whether it starts jobs; null when unknown
   * @param wallclockLimitSeconds longest job it takes; null when unlimited or unknown
   * @param slotsLimit most cores it gives out; null when unlimited or unknown
   * @param fits the verdict
   * @param reasons all that apply; a NOW may have VISIBILITY
   * @param nodesNamed whether the nodes of this queue are known by name; else those are counted
   *     that are no other queue's
   * @param matchingNodesFree nodes of the queue in service that have what is wanted free now; of
   *     cores wanted anywhere, nodes with a free one; so the others
   * @param matchingNodes nodes in service that have it when idle
   * @param matchingNodesUnknown nodes in service of which one of the two cannot be told
   * @param matchingNodesOutOfService nodes that may have it, but are down, offline or draining
   * @param freeSlots free cores of all its nodes; null when not all are known
   * @param largestFreeSlotsOnOneNode most free cores on one of them; null when not all are known
   * @param queuedJobs tasks that wait in the queue, held ones not counted; null when unknown
   */
  public record QueueFit(
      String queueName,
      Boolean enabled,
      Boolean started,
      Long wallclockLimitSeconds,
      Integer slotsLimit,
      Fits fits,
      List<Reason> reasons,
      boolean nodesNamed,
      Integer matchingNodesFree,
      Integer matchingNodes,
      Integer matchingNodesUnknown,
      Integer matchingNodesOutOfService,
      Long freeSlots,
      Integer largestFreeSlotsOnOneNode,
      Integer queuedJobs) {
    /** Copies the list. */
    public QueueFit {
      reasons = List.copyOf(reasons);
    }

    /** The same numbers under another verdict. */
    public QueueFit as(Fits newFits, List<Reason> newReasons) {
      return new QueueFit(
          queueName,
          enabled,
          started,
          wallclockLimitSeconds,
          slotsLimit,
          newFits,
          newReasons,
          nodesNamed,
          matchingNodesFree,
          matchingNodes,
          matchingNodesUnknown,
          matchingNodesOutOfService,
          freeSlots,
          largestFreeSlotsOnOneNode,
          queuedJobs);
    }
  }
}
