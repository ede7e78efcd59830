package org.qstatmesh.poller.fit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.qstatmesh.bus.FitQuery;
import org.qstatmesh.wire.Node;

/** Which nodes stand behind which queue. Not thread-safe. */
final class QueueNodes {
  /** Schedulers that name all queues of a node: one without queues serves none. */
  private static final Set<String> NAME_ALL = Set.of("slurm", "gridengine");

  private static final String GRID_ENGINE = "gridengine";

  private final FitQuery wanted;
  private final boolean namesAll;
  private final boolean slotsPerQueue;
  private final Map<String, NodeTally> named = new HashMap<>();
  private final NodeTally unnamed;
  private final NodeTally all;

  private QueueNodes(String drms, FitQuery wanted) {
    this.wanted = wanted;
    this.namesAll = NAME_ALL.contains(drms);
    this.slotsPerQueue = GRID_ENGINE.equals(drms);
    this.unnamed = new NodeTally(wanted);
    this.all = new NodeTally(wanted);
  }

  static QueueNodes of(String drms, List<Node> nodes, FitQuery wanted) {
    QueueNodes behind = new QueueNodes(drms, wanted);
    nodes.forEach(behind::add);
    return behind;
  }

  private void add(Node node) {
    List<String> queues = node.queueNames();
    NodeFit fit = NodeFit.of(node, wanted, !slotsPerQueue || queues.size() <= 1);
    all.add(fit);
    if (queues.isEmpty()) {
      unnamed.add(fit);
    }
    for (String queue : queues) {
      named.computeIfAbsent(queue, any -> new NodeTally(wanted)).add(fit);
    }
  }

  /** Whether it is said by name which nodes are this queue's. */
  boolean isNamed(String queue) {
    return named.containsKey(queue) || (namesAll && !named.isEmpty());
  }

  /** The nodes of a queue; of all queues together for null. */
  NodeTally of(String queue) {
    if (queue == null) {
      return all;
    }
    NodeTally own = named.get(queue);
    if (own != null) {
      return own;
    }
    return isNamed(queue) ? new NodeTally(wanted) : unnamed;
  }
}
