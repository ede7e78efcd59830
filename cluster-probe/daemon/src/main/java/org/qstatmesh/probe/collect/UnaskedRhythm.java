package org.qstatmesh.probe.collect;

import java.time.Duration;

/**
 * When to collect though nobody asks, so that a server that was away finds what it missed. Only for
 * so long as summaries are kept, and never more often than those who ask had wanted it: a site that
 * polls every five minutes has its reasons. Whoever uses it holds a lock.
 */
final class UnaskedRhythm {
  /** After a long silence the time between two questions says nothing of the asker's interval. */
  private static final Duration LONGEST_GAP = Duration.ofMinutes(15);

  private final BackfillOptions options;
  private boolean asked;
  private long lastAskedNanos;
  private long gapNanos;

  UnaskedRhythm(BackfillOptions options) {
    this.options = options;
  }

  /** Somebody asks. */
  void asked(long nowNanos) {
    if (asked) {
      gapNanos = Math.min(nowNanos - lastAskedNanos, LONGEST_GAP.toNanos());
    }
    asked = true;
    lastAskedNanos = nowNanos;
  }

  /** Whether somebody asked lately enough to come back for what is missed. */
  boolean goesOn(long nowNanos) {
    return asked && nowNanos - lastAskedNanos < options.keep().toNanos();
  }

  /** Time from the beginning of one collection to that of the next that nobody asks for. */
  long periodNanos(Duration minimumInterval) {
    return Math.max(gapNanos, Math.max(options.step().toNanos(), minimumInterval.toNanos()));
  }
}
