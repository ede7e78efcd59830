package org.qstatmesh.it.bench.listings;

/**
 * One job of a generated queue.
 *
 * @param number its id without the server's name
 * @param cores on all its nodes together
 * @param firstNode number of its first node, from 1; it runs on those that follow, whole
 * @param waitedSeconds since it was submitted, or until it began
 * @param ranSeconds since it began; 0 when it waits
 * @param kind which of a few reasons, programs and projects it has, from 0
 */
record GeneratedJob(
    int number,
    State state,
    String name,
    String owner,
    String group,
    String account,
    String queue,
    int nodes,
    int cores,
    int firstNode,
    int wallclockLimitSeconds,
    int waitedSeconds,
    int ranSeconds,
    int kind) {

  /** What a job does. */
  enum State {
    RUNNING,
    QUEUED,
    HELD
  }

  boolean isRunning() {
    return state == State.RUNNING;
  }

  int coresOfOneNode() {
    return cores / nodes;
  }

  /** Seconds since the epoch. */
  long submittedAt(long now) {
    return now - ranSeconds - waitedSeconds;
  }

  /** Seconds since the epoch. */
  long startedAt(long now) {
    return now - ranSeconds;
  }
}
