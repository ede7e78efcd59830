package org.qstatmesh.demo.simulation;

import java.util.Comparator;
import java.util.PriorityQueue;

/** What is going to happen, in order of time; at one time, in the order it was planned. */
final class Agenda {
  private record Entry(long time, long order, Runnable action) {}

  private final PriorityQueue<Entry> entries =
      new PriorityQueue<>(Comparator.comparingLong(Entry::time).thenComparingLong(Entry::order));
  private long now;
  private long planned;

  Agenda(long now) {
    this.now = now;
  }

  /** The time of what is happening. */
  long now() {
    return now;
  }

  /** Plans; what should have been already happens next. */
  void at(long time, Runnable action) {
    planned++;
    entries.add(new Entry(Math.max(time, now), planned, action));
  }

  /** Lets everything happen up to that time, and what happens at it too. */
  void runUntil(long time) {
    while (!entries.isEmpty() && entries.element().time() <= time) {
      Entry next = entries.remove();
      now = next.time();
      next.action().run();
    }
    now = Math.max(now, time);
  }
}
