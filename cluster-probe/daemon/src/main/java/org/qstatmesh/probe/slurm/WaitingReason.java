package org.qstatmesh.probe.slurm;

/** What the reason of a pending job, from squeue(1), "JOB REASON CODES", means for its state. */
final class WaitingReason {
  private WaitingReason() {}

  /** Whether a pending job with this reason is held: by somebody, by its time, by another job. */
  static boolean holds(String reason) {
    return reason != null
        && (reason.startsWith("JobHeld")
            || reason.startsWith("JobHold")
            || reason.startsWith("Dependency")
            || reason.equals("BeginTime")
            || reason.endsWith("requeued_held")
            || reason.endsWith("requeued held"));
  }
}
