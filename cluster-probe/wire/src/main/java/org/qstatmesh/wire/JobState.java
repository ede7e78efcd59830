package org.qstatmesh.wire;

/**
 * State of a job as every scheduler's own word is mapped to it; the word itself stays in {@link
 * Job#jobSubState()}.
 */
public enum JobState {
  /** Holds its slots, or is exiting. A completing Slurm job is RUNNING with 0 slots. */
  RUNNING,
  /** Eligible and waiting. */
  QUEUED,
  /** Held by a user, an operator or the system, or waiting for its time or for another job. */
  HELD,
  /** Started, then stopped; holds no slots. */
  SUSPENDED,
  /** Ended but still listed; probes leave such jobs out. */
  FINISHED,
  /** The scheduler's word is not known to this version. */
  UNDETERMINED
}
