package org.qstatmesh.tunnel;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * After a refusal the far end is left alone for a while: its sshd writes a log line for every
 * question, and a poller connects several times a second. A command that does not get far is worse,
 * it costs the login node a Java each time: for it the pause doubles. Any thread.
 */
final class RefusalPause {
  static final Duration FIRST = Duration.ofSeconds(1);

  /** Longest pause before a command is tried again. */
  static final Duration LONGEST = Duration.ofSeconds(30);

  /** What worked this long starts anew at the first pause. */
  static final Duration STABLE = Duration.ofSeconds(30);

  private final Duration longest;
  private final LongSupplier nanoTime;
  private Duration pause = Duration.ZERO;
  private long sinceNanos;

  RefusalPause(Duration longest, LongSupplier nanoTime) {
    this.longest = longest;
    this.nanoTime = nanoTime;
  }

  /** It was refused, or ended after it had worked so long. */
  synchronized void refused(Duration worked) {
    boolean anew = pause.isZero() || worked.compareTo(STABLE) >= 0;
    Duration next = anew ? FIRST : pause.multipliedBy(2);
    pause = next.compareTo(longest) > 0 ? longest : next;
    sinceNanos = nanoTime.getAsLong();
  }

  /** Whether it may not yet be asked again. */
  synchronized boolean lasts() {
    return nanoTime.getAsLong() - sinceNanos < pause.toNanos();
  }
}
