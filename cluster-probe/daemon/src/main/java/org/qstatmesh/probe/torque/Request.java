package org.qstatmesh.probe.torque;

import org.qstatmesh.probe.pbs.Attributes;
import org.qstatmesh.probe.pbs.Numbers;

/**
 * What a job asks for, in whichever of TORQUE's ways: {@code nodes}, {@code procs}, both (they add
 * up), {@code ncpus}, or since 6.0 {@code -L tasks=2:lprocs=2}. A job that asks for nothing gets
 * one core, which is what the server gives it.
 *
 * @param nodes hosts asked for; null when it does not say
 * @param slots cores in all
 * @param gpus GPUs in all
 */
record Request(Integer nodes, int slots, int gpus) {
  private static final String TASKS = "req_information.task_count.";
  private static final String CORES_OF_TASK = "req_information.lprocs.";

  /** Most kinds of tasks one -L request is read for. */
  private static final int MOST_TASK_KINDS = 64;

  static Request of(Attributes job) {
    Integer processes = job.count("Resource_List.procs");
    String nodes = job.text("Resource_List.nodes");
    if (nodes != null) {
      NodeSpec spec = NodeSpec.parse(nodes);
      return new Request(spec.nodes(), spec.slots() + or(processes, 0), spec.gpus());
    }
    Integer hosts = job.count("Resource_List.nodect");
    if (processes != null) {
      return new Request(hosts, processes, 0);
    }
    Integer cores = job.count("Resource_List.ncpus");
    if (cores != null) {
      return new Request(hosts, cores, 0);
    }
    int taskCores = coresOfTasks(job);
    return new Request(hosts, taskCores > 0 ? taskCores : 1, 0);
  }

  private static int coresOfTasks(Attributes job) {
    long cores = 0;
    for (int i = 0; i < MOST_TASK_KINDS; i++) {
      Integer tasks = job.count(TASKS + i);
      if (tasks == null) {
        break;
      }
      cores += (long) tasks * or(job.count(CORES_OF_TASK + i), 1);
    }
    return Numbers.checkedCount(cores, "req_information");
  }

  /** Whether an attribute is read here. */
  static boolean reads(String attribute) {
    return switch (attribute) {
      case "Resource_List.nodes",
          "Resource_List.nodect",
          "Resource_List.procs",
          "Resource_List.ncpus" ->
          true;
      default -> attribute.startsWith(TASKS) || attribute.startsWith(CORES_OF_TASK);
    };
  }

  private static int or(Integer value, int absent) {
    return value == null ? absent : value;
  }
}
