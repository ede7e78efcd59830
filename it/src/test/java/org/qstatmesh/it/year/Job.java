package org.qstatmesh.it.year;

/**
 * A job.
 *
 * @param owner who submitted it
 * @param queue place among {@link Machine#QUEUES}
 * @param slots cores
 * @param gpus GPUs
 * @param lengthMinutes how long it runs
 * @param dueMinute since the epoch: when it ends, or its hold does; 0 while neither is known
 */
record Job(Person owner, int queue, int slots, int gpus, int lengthMinutes, long dueMinute) {
  /** Where it is. */
  enum State {
    RUNNING,
    QUEUED,
    HELD
  }

  Job due(long minute) {
    return new Job(owner, queue, slots, gpus, lengthMinutes, minute);
  }
}
