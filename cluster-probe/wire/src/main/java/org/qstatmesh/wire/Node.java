package org.qstatmesh.wire;

import java.util.List;

/**
 * One host; the vnodes of a host are one node.
 *
 * @param nodeName the scheduler's name of the host
 * @param nodeState mapped state
 * @param nodeSubState the scheduler's own words, for example {@code offline,job-busy}
 * @param slots cores configured; null when the scheduler does not say
 * @param usedSlots cores given to jobs
 * @param freeSlots cores that can take work now; 0 in a node that takes no work
 * @param gpus GPUs configured
 * @param usedGpus GPUs given to jobs
 * @param memoryBytes memory configured
 * @param usedMemoryBytes memory in use or given to jobs, as the scheduler counts
 * @param loadAverage load of one minute
 * @param queueNames queues this node serves, where the scheduler says so
 * @param reason the administrator's note or the scheduler's comment
 */
public record Node(
    String nodeName,
    NodeState nodeState,
    String nodeSubState,
    Integer slots,
    Integer usedSlots,
    Integer freeSlots,
    Integer gpus,
    Integer usedGpus,
    Long memoryBytes,
    Long usedMemoryBytes,
    Double loadAverage,
    List<String> queueNames,
    String reason) {

  /** Copies the list and insists on a name and a state. */
  public Node {
    queueNames = queueNames == null ? List.of() : List.copyOf(queueNames);
    if (nodeName == null || nodeState == null) {
      throw new IllegalArgumentException("a node needs nodeName and nodeState");
    }
  }
}
