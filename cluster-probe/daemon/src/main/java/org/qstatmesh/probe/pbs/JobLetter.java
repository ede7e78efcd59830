package org.qstatmesh.probe.pbs;

import org.qstatmesh.wire.JobState;

/**
 * The letters of {@code job_state}, from pbs_job_attributes(7B) of OpenPBS and of TORQUE. A letter
 * that is not here is UNDETERMINED, and stays in {@code jobSubState}.
 */
public enum JobLetter {
  /**
   * An array whose first task has begun: the state of no task; its tasks are counted one by one.
   */
  B(JobState.UNDETERMINED),
  /** TORQUE: completed, listed for keep_completed seconds more. */
  C(JobState.FINISHED),
  /** Exiting after having run: still holds its cores. */
  E(JobState.RUNNING),
  /** OpenPBS: finished, kept in the history. */
  F(JobState.FINISHED),
  /**
   * Held: by its user, an operator, the system, another job, or TORQUE's slot limit of an array.
   */
  H(JobState.HELD),
  /** OpenPBS: moved to another server, which now lists it. */
  M(JobState.FINISHED),
  /** Queued, eligible to run or to be routed. */
  Q(JobState.QUEUED),
  /** Running. */
  R(JobState.RUNNING),
  /** Suspended: keeps exec_host, yet its cores are given to others. */
  S(JobState.SUSPENDED),
  /** In transit to another queue or server: it waits there as it waited here. */
  T(JobState.QUEUED),
  /** OpenPBS: suspended because the workstation's owner is at the keyboard. */
  U(JobState.SUSPENDED),
  /** Waits for its Execution_Time (or for files to be staged in): not eligible before. */
  W(JobState.HELD),
  /** OpenPBS: a task of an array that has ended or was deleted. */
  X(JobState.FINISHED);

  private final JobState state;

  JobLetter(JobState state) {
    this.state = state;
  }

  /** What it means. */
  public JobState state() {
    return state;
  }

  /**
   * The state of a {@code job_state} as listed; UNDETERMINED for null and for letters nobody wrote
   * down.
   */
  public static JobState stateOf(String letter) {
    for (JobLetter known : values()) {
      if (known.name().equals(letter)) {
        return known.state;
      }
    }
    return JobState.UNDETERMINED;
  }
}
