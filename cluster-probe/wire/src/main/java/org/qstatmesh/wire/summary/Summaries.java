package org.qstatmesh.wire.summary;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.qstatmesh.wire.Node;
import org.qstatmesh.wire.NodeState;
import org.qstatmesh.wire.Queue;
import org.qstatmesh.wire.Summary;

/** Puts a summary together. Pure functions: no clock, no I/O; any thread. */
public final class Summaries {
  private Summaries() {}

  /**
   * The counts of one collection.
   *
   * @param jobs null where that collector failed; so the others
   */
  public static Summary of(JobTally jobs, List<Node> nodes, List<Queue> queues) {
    return new Summary(
        jobs == null ? null : jobs.byState(),
        nodes == null ? null : slots(nodes),
        nodes == null ? null : gpus(nodes, jobs),
        nodes == null ? null : byState(nodes),
        jobs == null ? null : jobs.usage(),
        jobs == null ? null : jobs.waiting(),
        jobs == null || queues == null ? null : jobs.counts(queues));
  }

  private static Summary.Slots slots(List<Node> nodes) {
    IntSum total = new IntSum();
    IntSum used = new IntSum();
    IntSum free = new IntSum();
    int largestFree = 0;
    for (Node node : nodes) {
      total.add(node.slots());
      used.add(node.usedSlots());
      free.add(node.freeSlots());
      if (node.freeSlots() != null) {
        largestFree = Math.max(largestFree, node.freeSlots());
      }
    }
    IntSum unavailable = new IntSum();
    unavailable.add((long) total.value() - used.value() - free.value());
    return new Summary.Slots(
        total.value(), used.value(), free.value(), Math.max(0, unavailable.value()), largestFree);
  }

  /**
   * Where a node does not say how many of its GPUs are used (TORQUE), the running jobs' are
   * counted.
   */
  private static Summary.Gpus gpus(List<Node> nodes, JobTally jobs) {
    IntSum total = new IntSum();
    IntSum used = new IntSum();
    boolean usedKnown = true;
    for (Node node : nodes) {
      total.add(node.gpus());
      used.add(node.usedGpus());
      usedKnown &= node.usedGpus() != null || node.gpus() == null || node.gpus() == 0;
    }
    return new Summary.Gpus(
        total.value(), usedKnown || jobs == null ? used.value() : jobs.runningGpus());
  }

  private static Summary.Nodes byState(List<Node> nodes) {
    Map<NodeState, IntSum> hosts = new EnumMap<>(NodeState.class);
    for (NodeState state : NodeState.values()) {
      hosts.put(state, new IntSum());
    }
    for (Node node : nodes) {
      hosts.get(node.nodeState()).add(1);
    }
    return new Summary.Nodes(
        nodes.size(),
        hosts.get(NodeState.FREE).value(),
        hosts.get(NodeState.PARTIAL).value(),
        hosts.get(NodeState.FULL).value(),
        hosts.get(NodeState.DRAINING).value(),
        hosts.get(NodeState.OFFLINE).value(),
        hosts.get(NodeState.DOWN).value(),
        hosts.get(NodeState.UNKNOWN).value());
  }
}
