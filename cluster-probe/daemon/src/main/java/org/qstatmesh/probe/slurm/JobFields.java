package org.qstatmesh.probe.slurm;

/** The fields of one job, in whichever form it was listed. */
interface JobFields {

  /** The field as {@code squeue -o} words it; empty where there is none. */
  String text(JobField field);

  /** Whether the record stands for the waiting tasks of an array: {@code 57_[1-100]}. */
  boolean isWaitingArray();
}
