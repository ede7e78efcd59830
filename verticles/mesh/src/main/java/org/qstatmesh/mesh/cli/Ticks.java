package org.qstatmesh.mesh.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Even moments, counted from the first call; blocks, for the command line. */
final class Ticks {
  private final long periodNanos;
  private final CountDownLatch never = new CountDownLatch(1);
  private long nextNanos;

  Ticks(Duration period) {
    this.periodNanos = period.toNanos();
    this.nextNanos = System.nanoTime() + periodNanos;
  }

  /**
   * Waits for the next moment.
   *
   * @param untilNanos in terms of {@link System#nanoTime}; 0 for no end
   * @return false when that moment is after the end: it is not waited for
   */
  boolean next(long untilNanos) throws InterruptedException {
    if (untilNanos != 0 && nextNanos - untilNanos > 0) {
      return false;
    }
    boolean ended = never.await(nextNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
    nextNanos = Math.max(nextNanos + periodNanos, System.nanoTime());
    return !ended;
  }
}
