package org.qstatmesh.probe.collect;

import java.time.Duration;

/**
 * The time between two collections: as configured while the scheduler answers readily, longer when
 * it does not. A command that takes ten seconds takes them from the scheduler, and is not run every
 * thirty. The collector's thread writes, any thread reads.
 */
final class PoliteInterval {
  /** Up to here a scheduler is not slow. */
  private static final Duration READY = Duration.ofSeconds(2);

  /** The commands run at most a tenth of the time. */
  private static final int SHARE = 10;

  private static final Duration LONGEST = Duration.ofMinutes(5);

  /** A scheduler that gave nothing is asked again before long: its row waits for news. */
  private static final Duration LONGEST_AFTER_FAILURE = Duration.ofMinutes(1);

  private final Duration minimum;
  private Duration tookBefore = Duration.ZERO;
  private volatile Duration current;

  PoliteInterval(Duration minimum) {
    this.minimum = minimum;
    this.current = minimum;
  }

  /**
   * Notes a collection. A slow one alone is a hiccup, of this machine perhaps; it counts when the
   * one before it was slow too.
   *
   * @param took time of all its commands
   * @param gaveNothing whether every one of them failed
   */
  void ended(Duration took, boolean gaveNothing) {
    Duration usual = took.compareTo(tookBefore) < 0 ? took : tookBefore;
    tookBefore = took;
    Duration wanted = usual.compareTo(READY) <= 0 ? Duration.ZERO : usual.multipliedBy(SHARE);
    Duration most = gaveNothing ? LONGEST_AFTER_FAILURE : LONGEST;
    Duration grown = wanted.compareTo(most) < 0 ? wanted : most;
    current = grown.compareTo(minimum) > 0 ? grown : minimum;
  }

  /** The interval until the next collection. */
  Duration current() {
    return current;
  }
}
