package org.qstatmesh.poller;

import java.util.List;
import org.qstatmesh.wire.CollectorReport;
import org.qstatmesh.wire.Job;
import org.qstatmesh.wire.JobState;
import org.qstatmesh.wire.Node;
import org.qstatmesh.wire.NodeState;
import org.qstatmesh.wire.ProbeError;
import org.qstatmesh.wire.Queue;
import org.qstatmesh.wire.Snapshot;
import org.qstatmesh.wire.Visibility;

/** Snapshots for tests. */
final class Snapshots {
  private Snapshots() {}

  static Snapshot of(String id, List<Job> jobs, List<Node> nodes, List<Queue> queues) {
    return of(id, List.of(), jobs, nodes, queues);
  }

  static Snapshot of(
      String id,
      List<CollectorReport> reports,
      List<Job> jobs,
      List<Node> nodes,
      List<Queue> queues) {
    return new Snapshot(
        null,
        "torque",
        "6.1.3",
        "login1",
        Visibility.ALL,
        id,
        "etag-" + id,
        1_795_330_395_000L,
        210L,
        "1.0.0",
        30,
        null,
        reports,
        jobs,
        nodes,
        queues);
  }

  /** One running job, one node. */
  static Snapshot small(String id) {
    return of(
        id,
        List.of(running("1.login1", "alice", 4).nodeNames(List.of("n001")).build()),
        List.of(node("n001", NodeState.PARTIAL, 16, 4, 12)),
        List.of(queue("batch")));
  }

  static Job.Builder job(String id, String owner, JobState state) {
    return Job.builder(id, owner, state).queueName("batch");
  }

  static Job.Builder running(String id, String owner, int slots) {
    return job(id, owner, JobState.RUNNING).slots(slots);
  }

  static Job.Builder queued(String id, String owner, int slots) {
    return job(id, owner, JobState.QUEUED).slots(slots);
  }

  static Node node(String name, NodeState state, Integer slots, Integer used, Integer free) {
    return new Node(
        name, state, null, slots, used, free, null, null, null, null, null, List.of(), null);
  }

  static Queue queue(String name) {
    return new Queue(name, true, true, null, null);
  }

  static CollectorReport worked(String collector) {
    return new CollectorReport(collector, "qstat", true, 0.1, null, 0, null);
  }

  static CollectorReport broken(String collector, String code, String message) {
    return new CollectorReport(
        collector, "qstat", false, 0.1, null, 0, new ProbeError(code, message));
  }
}
