package org.qstatmesh.demo.simulation;

import java.util.List;

/** One thing that runs: a job, or one task of an array. */
public final class Task {
  /** Where a task stands. */
  enum Stage {
    WAITING,
    RUNNING,
    SUSPENDED,
    ENDED
  }

  private final Submission submission;
  private final int index;
  private final long durationSeconds;
  private Stage stage = Stage.WAITING;
  private List<Placement> placements = List.of();
  private boolean beyondSlotLimit;
  private long startedAt;
  private int runs;

  Task(Submission submission, int index, long durationSeconds) {
    this.submission = submission;
    this.index = index;
    this.durationSeconds = durationSeconds;
  }

  /** What it is a task of. */
  public Submission submission() {
    return submission;
  }

  /** Number in its array. */
  public int index() {
    return index;
  }

  /** Where it runs, or where it was when it was suspended: then it holds nothing there. */
  public List<Placement> placements() {
    return placements;
  }

  /** When it started. */
  public long startedAt() {
    return startedAt;
  }

  /** Has not started, or was started and queued again. */
  public boolean isWaiting() {
    return stage == Stage.WAITING;
  }

  /** Holds its cores. */
  public boolean isRunning() {
    return stage == Stage.RUNNING;
  }

  /** Was stopped and holds nothing. */
  public boolean isSuspended() {
    return stage == Stage.SUSPENDED;
  }

  /** Whether it waits for tasks of its own array to end (TORQUE holds such tasks). */
  public boolean isBeyondSlotLimit() {
    return beyondSlotLimit;
  }

  void setBeyondSlotLimit(boolean beyond) {
    beyondSlotLimit = beyond;
  }

  long durationSeconds() {
    return durationSeconds;
  }

  /** Tells one run from the next: an end that was planned for another run is none. */
  int runs() {
    return runs;
  }

  void start(List<Placement> where, long now) {
    stage = Stage.RUNNING;
    placements = List.copyOf(where);
    startedAt = now;
    runs++;
  }

  void resume(List<Placement> where) {
    stage = Stage.RUNNING;
    placements = List.copyOf(where);
    runs++;
  }

  /** Gives its cores back and goes to that stage. */
  void leave(Stage next) {
    for (Placement placement : placements) {
      placement.node().takeBack(placement);
    }
    stage = next;
    if (next != Stage.SUSPENDED) {
      placements = List.of();
    }
  }
}
