package org.qstatmesh.probe.collect;

import java.time.Duration;

/**
 * What is kept for a server that was away.
 *
 * @param keep how long a summary is kept, and how long a probe goes on collecting after it was last
 *     asked; zero for nothing of both
 * @param step shortest time between two summaries that are kept
 * @param maxBytes most memory they take
 */
public record BackfillOptions(Duration keep, Duration step, long maxBytes) {
  /**
   * A day, one a minute. 8 MiB hold it where a hundred users run and wait, at some five kilobytes a
   * summary.
   */
  public static final BackfillOptions DEFAULT =
      new BackfillOptions(Duration.ofHours(24), Duration.ofMinutes(1), 8 << 20);

  /** Nothing is kept, and nothing runs that nobody asked for. */
  public static final BackfillOptions NONE =
      new BackfillOptions(Duration.ZERO, Duration.ofMinutes(1), 0);

  /** Whether anything is kept. */
  boolean keepsAny() {
    return !keep.isZero();
  }
}
