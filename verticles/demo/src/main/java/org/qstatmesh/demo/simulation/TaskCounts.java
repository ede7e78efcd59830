package org.qstatmesh.demo.simulation;

/**
 * A submission's tasks by the state that its scheduler gives them.
 *
 * @param beyondSlotLimit those of {@code held} that wait for tasks of their own array
 */
public record TaskCounts(int running, int queued, int held, int suspended, int beyondSlotLimit) {

  /**
   * Counts them. Only TORQUE holds tasks beyond an array's slot limit; in OpenPBS they stay queued.
   */
  public static TaskCounts of(Submission submission, Scheduler scheduler) {
    int running = 0;
    int suspended = 0;
    int waiting = 0;
    int beyond = 0;
    for (Task task : submission.tasks()) {
      if (task.isRunning()) {
        running++;
      } else if (task.isSuspended()) {
        suspended++;
      } else if (task.isBeyondSlotLimit() && scheduler == Scheduler.TORQUE) {
        beyond++;
      } else {
        waiting++;
      }
    }
    return submission.hold() == Hold.NONE
        ? new TaskCounts(running, waiting, beyond, suspended, beyond)
        : new TaskCounts(running, 0, waiting + beyond, suspended, beyond);
  }
}
