package org.qstatmesh.demo.simulation;

import java.util.List;

/**
 * What a simulated cluster is like.
 *
 * @param id its id in conf/
 * @param title what the page calls it
 * @param scheduler which one runs it
 * @param serverName what the scheduler's server calls itself
 * @param nodeKinds its nodes
 * @param load work submitted in a week over what the cores can do in a week
 * @param tasksPerUser most tasks one user may run
 * @param visibleOwner whose jobs an ordinary user sees: this one's only; null for everybody's
 * @param forgottenCores cores that a node keeps for a job its server no longer lists
 */
public record ClusterPlan(
    String id,
    String title,
    Scheduler scheduler,
    String serverName,
    List<NodeKind> nodeKinds,
    double load,
    int tasksPerUser,
    String visibleOwner,
    int forgottenCores) {
  static final String BATCH = "batch";
  static final String LONG = "long";
  static final String SHORT = "short";
  static final String GPU = "gpu";

  private static final long HOUR = 3_600;

  /** Copies the list. */
  public ClusterPlan {
    nodeKinds = List.copyOf(nodeKinds);
  }

  /** Cores of all nodes. */
  public int cores() {
    return nodeKinds.stream().mapToInt(kind -> kind.count() * kind.cores()).sum();
  }

  /** Whether any node has GPUs. */
  public boolean hasGpus() {
    return nodeKinds.stream().anyMatch(kind -> kind.gpus() > 0);
  }

  /** Its queues, in the server's order. */
  public List<QueuePlan> queues() {
    QueuePlan batch = new QueuePlan(BATCH, 48 * HOUR, null, true);
    QueuePlan lasting = new QueuePlan(LONG, 168 * HOUR, cores() / 2, true);
    QueuePlan brief = new QueuePlan(SHORT, HOUR, null, true);
    QueuePlan course = new QueuePlan("course", 4 * HOUR, null, false);
    return hasGpus()
        ? List.of(batch, lasting, brief, new QueuePlan(GPU, 48 * HOUR, null, true), course)
        : List.of(batch, lasting, brief, course);
  }

  /** The queue that takes a job, by what it asks for. */
  QueuePlan queueFor(Request request, long wallclockLimitSeconds) {
    String name = GPU;
    if (request.gpusPerNode() == 0) {
      name =
          wallclockLimitSeconds <= HOUR ? SHORT : wallclockLimitSeconds <= 48 * HOUR ? BATCH : LONG;
    }
    for (QueuePlan queue : queues()) {
      if (queue.name().equals(name)) {
        return queue;
      }
    }
    throw new IllegalStateException("no queue " + name);
  }
}
