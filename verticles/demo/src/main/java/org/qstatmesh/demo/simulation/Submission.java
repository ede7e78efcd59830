package org.qstatmesh.demo.simulation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What one qsub made: a job or an array of tasks. Ended tasks are no longer in it. */
public final class Submission {
  private final long sequence;
  private final Person owner;
  private final Order order;
  private final long submittedAt;
  private final List<Task> tasks = new ArrayList<>();
  private final List<Submission> dependents = new ArrayList<>();
  private Hold hold = Hold.NONE;
  private Submission waitsFor;
  private long startTime;
  private String comment;
  private long firstStartedAt;
  private int ended;
  private int waiting;

  Submission(long sequence, Person owner, Order order, long submittedAt) {
    this.sequence = sequence;
    this.owner = owner;
    this.order = order;
    this.submittedAt = submittedAt;
    for (int index = 0; index < order.durationsSeconds().size(); index++) {
      tasks.add(new Task(this, index, order.durationsSeconds().get(index)));
    }
  }

  /** The number the server gave it. */
  public long sequence() {
    return sequence;
  }

  /** Who submitted it. */
  public Person owner() {
    return owner;
  }

  /** What was asked for. */
  public Order order() {
    return order;
  }

  /** When it was submitted. */
  public long submittedAt() {
    return submittedAt;
  }

  /** The tasks that have not ended, by number. */
  public List<Task> tasks() {
    return Collections.unmodifiableList(tasks);
  }

  /** How many tasks have ended. */
  public int ended() {
    return ended;
  }

  /** Whether and why it may not start. */
  public Hold hold() {
    return hold;
  }

  /** What must end first; null unless it is held by a dependency. */
  public Submission waitsFor() {
    return waitsFor;
  }

  /** When it may start; meaningful while it waits for that. */
  public long startTime() {
    return startTime;
  }

  /** Whether a task of it has started. */
  public boolean hasBegun() {
    return firstStartedAt > 0;
  }

  /** When the first task started; meaningful once one has. */
  public long firstStartedAt() {
    return firstStartedAt;
  }

  /** Why the scheduler did not start it, in its words; null when it has not looked yet. */
  public String comment() {
    return comment;
  }

  void setComment(String words) {
    comment = words;
  }

  void holdBack(Hold why, long until) {
    hold = why;
    startTime = until;
  }

  void waitFor(Submission other) {
    hold = Hold.DEPENDENCY;
    waitsFor = other;
    other.dependents.add(this);
  }

  void release() {
    hold = Hold.NONE;
    waitsFor = null;
  }

  List<Submission> dependents() {
    return dependents;
  }

  void noteStart(long now) {
    if (firstStartedAt == 0) {
      firstStartedAt = now;
    }
    comment = null;
  }

  /** Of its tasks, so many more wait than before. */
  void countWaiting(int change) {
    waiting += change;
  }

  void remove(Task task) {
    tasks.remove(task);
    ended++;
  }

  /** The task that may start next; null when none may. */
  Task nextEligible() {
    if (waiting == 0 || hold != Hold.NONE) {
      return null;
    }
    for (Task task : tasks) {
      if (task.isWaiting()) {
        return task.isBeyondSlotLimit() ? null : task;
      }
    }
    return null;
  }

  /** Counts anew which waiting tasks are beyond those that may run at a time. */
  void countSlotLimit() {
    if (order.slotLimit() == 0) {
      return;
    }
    int room = order.slotLimit();
    for (Task task : tasks) {
      room -= task.isWaiting() ? 0 : 1;
    }
    for (Task task : tasks) {
      if (task.isWaiting()) {
        task.setBeyondSlotLimit(room <= 0);
        room--;
      }
    }
  }
}
