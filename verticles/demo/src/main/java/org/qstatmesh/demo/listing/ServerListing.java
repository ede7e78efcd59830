package org.qstatmesh.demo.listing;

import org.qstatmesh.demo.simulation.BatchSystem;
import org.qstatmesh.demo.simulation.ClusterPlan;
import org.qstatmesh.demo.simulation.QueuePlan;
import org.qstatmesh.demo.simulation.Scheduler;

/** {@code qstat -Bf} and {@code qstat -Qf}, the same text in both schedulers. */
final class ServerListing {
  private ServerListing() {}

  static String server(BatchSystem batch) {
    ClusterPlan plan = batch.plan();
    StringBuilder text = new StringBuilder("Server: " + plan.serverName() + "\n");
    line(text, "server_state", "Active");
    line(text, "scheduling", "True");
    line(text, "total_jobs", batch.visibleSubmissions().size());
    line(text, "default_queue", "batch");
    line(text, "log_events", 511);
    // where it is not set, as on a server that keeps jobs private, it is not printed
    if (plan.visibleOwner() == null) {
      line(text, "query_other_jobs", "True");
    }
    line(text, "scheduler_iteration", plan.scheduler() == Scheduler.TORQUE ? 10 : 20);
    line(text, "pbs_version", plan.scheduler().version());
    return text.append('\n').toString();
  }

  static String queues(ClusterPlan plan) {
    StringBuilder text = new StringBuilder();
    for (QueuePlan queue : plan.queues()) {
      text.append("Queue: ").append(queue.name()).append('\n');
      line(text, "queue_type", "Execution");
      line(text, "resources_max.walltime", PbsTime.duration(queue.wallclockLimitSeconds()));
      if (queue.slotsLimit() != null) {
        line(text, "resources_available.ncpus", queue.slotsLimit());
      }
      line(text, "enabled", "True");
      line(text, "started", queue.started() ? "True" : "False");
      text.append('\n');
    }
    return text.toString();
  }

  private static void line(StringBuilder text, String name, Object value) {
    text.append("    ").append(name).append(" = ").append(value).append('\n');
  }
}
