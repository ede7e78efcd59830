package org.qstatmesh.probe.serve;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.qstatmesh.wire.ProbeRequest;

/**
 * Those who asked for a snapshot while it was being taken, oldest first. Bounded: one more than the
 * bound pushes the oldest out. One thread.
 */
final class WaitingAskers {
  /**
   * One who waits; {@code request} is what it asks, {@code untilNanos} when it gets what there is.
   */
  record Waiting(Asker asker, ProbeRequest request, long untilNanos) {}

  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private final int bound;

  WaitingAskers(int bound) {
    this.bound = bound;
  }

  /** Adds one; returns the one it pushed out, or null. */
  Waiting add(Waiting one) {
    waiting.addLast(one);
    return waiting.size() > bound ? waiting.removeFirst() : null;
  }

  /** Takes all. */
  List<Waiting> takeAll() {
    List<Waiting> all = List.copyOf(waiting);
    waiting.clear();
    return all;
  }

  /** Forgets all. */
  void forget() {
    waiting.clear();
  }

  /** Takes those whose time is over; all wait equally long, so they are in front. */
  List<Waiting> takeExpired(long nowNanos) {
    List<Waiting> expired = new ArrayList<>();
    while (!waiting.isEmpty() && waiting.peekFirst().untilNanos() - nowNanos <= 0) {
      expired.add(waiting.removeFirst());
    }
    return expired;
  }

  /** Milliseconds until the first one's time is over, at least 1; -1 when nobody waits. */
  long millisUntilExpiry(long nowNanos) {
    Waiting first = waiting.peekFirst();
    return first == null ? -1 : Math.max(1, (first.untilNanos() - nowNanos) / 1_000_000 + 1);
  }
}
