package org.qstatmesh.probe.slurm;

import org.qstatmesh.probe.pbs.Numbers;
import org.qstatmesh.wire.Job;
import org.qstatmesh.wire.JobState;

/**
 * What a job holds or asks for besides cores, in the words of Slurm's TRES and GRES.
 *
 * @param tres counted resources, {@code cpu=8,mem=8000M,node=1,gres/gpu=2}: allocated to a job that
 *     runs, asked for by one that waits. A site need not count GPUs among them.
 * @param detail GPUs of each node it runs on, {@code gpu:a100:1(IDX:2)}
 * @param perJob {@code --gpus}
 * @param perNode {@code --gpus-per-node} and {@code --gres}
 * @param perTask {@code --gpus-per-task}
 * @param perSocket {@code --gpus-per-socket}
 * @param tasks how many processes it starts
 * @param asksMemory whether it says how much memory it needs; Slurm counts that of whole nodes for
 *     one that does not
 */
record JobResources(
    String tres,
    String detail,
    String perJob,
    String perNode,
    String perTask,
    String perSocket,
    String tasks,
    boolean asksMemory) {
  private static final String UNITS = "KMGTP";
  private static final int LONGEST_NUMBER = 18;

  /** More is damage, not memory. */
  private static final double LARGEST_MEMORY = 1L << 60;

  /** The job with its GPUs and its memory; unknown where what was asked for makes no sense. */
  Job of(Job job) {
    boolean waits = job.jobState() == JobState.QUEUED || job.jobState() == JobState.HELD;
    boolean holdsNothing = !waits && (job.slots() == null || job.slots() == 0);
    return job.toBuilder()
        .gpus(holdsNothing ? job.gpus() : gpus(job.nodeCount()))
        .memoryBytes(waits && !asksMemory ? null : memoryBytes())
        .build();
  }

  private Integer gpus(Integer nodes) {
    try {
      return countedOrAsked(nodes == null ? 1 : nodes);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private Integer countedOrAsked(int nodes) {
    int counted = Math.max(Gpus.in(tres), Gpus.in(detail));
    if (counted > 0) {
      return counted;
    }
    long asked = Gpus.in(perJob);
    if (asked == 0) {
      asked = (long) Gpus.in(perNode) * nodes;
    }
    if (asked == 0 && Gpus.in(perTask) > 0) {
      asked = (long) Gpus.in(perTask) * Values.count(tasks, "the task count");
    }
    // how many sockets it will get nobody knows
    return asked == 0 && Gpus.in(perSocket) > 0
        ? null
        : Integer.valueOf(Numbers.checkedCount(asked, "gpu"));
  }

  /** {@code 8} of {@code cpu=8}; empty where that is not counted. */
  String counted(String resource) {
    for (String entry : tres.split(",", -1)) {
      if (entry.startsWith(resource + "=")) {
        return entry.substring(resource.length() + 1);
      }
    }
    return "";
  }

  /** {@code mem=8000M}, {@code mem=12.50G}; null where memory is not counted. */
  private Long memoryBytes() {
    return bytes(counted("mem"));
  }

  private static Long bytes(String text) {
    int last = text.length() - 1;
    int unit = last < 0 ? -1 : UNITS.indexOf(text.charAt(last));
    String number = unit < 0 ? text : text.substring(0, last);
    if (number.length() > LONGEST_NUMBER || !number.matches("[0-9]+(\\.[0-9]+)?")) {
      return null;
    }
    // without a unit it is megabytes
    int shift = 10 * (unit < 0 ? 2 : unit + 1);
    double bytes = Double.parseDouble(number) * (1L << shift);
    return bytes > LARGEST_MEMORY ? null : Long.valueOf(Math.round(bytes));
  }
}
