package org.qstatmesh.store.keep;

import java.time.Clock;
import java.time.Duration;
import org.qstatmesh.store.chunk.ChunkSpan;
import org.qstatmesh.store.keep.Retention.Step;

/** How far back what is kept, by the store's clock. All times are epoch milliseconds. */
final class Limits {
  /** What came in time is put together before it is too old. */
  private static final Duration RAW_SLACK = Duration.ofDays(1);

  /** What the last poll of an hour takes to be written. */
  private static final Duration GRACE = Duration.ofMinutes(2);

  private final Retention retention;
  private final Clock clock;

  Limits(Retention retention, Clock clock) {
    this.retention = retention;
    this.clock = clock;
  }

  /** Whether an hour is over for so long that it can be put together. */
  boolean isOver(long hourMillis) {
    return hourMillis + ChunkSpan.millis(0) + GRACE.toMillis() <= clock.millis();
  }

  /** Start of the oldest hour that is not over. */
  long openHour() {
    return ChunkSpan.startMillis(0, clock.millis() - GRACE.toMillis());
  }

  /** A sample observed before it is refused. */
  long samplesAccepted() {
    return before(retention.rawDays());
  }

  /** Samples before it are deleted. */
  long samples() {
    return samplesAccepted() - RAW_SLACK.toMillis();
  }

  /** Steps before it are deleted; least for those that are kept for ever. */
  long steps(Step step) {
    return step.days() == null ? Long.MIN_VALUE : before(step.days());
  }

  /** The same by length; least for a step that is kept no longer, of which nothing new comes. */
  long steps(int seconds) {
    for (Step step : retention.steps()) {
      if (step.seconds() == seconds) {
        return steps(step);
      }
    }
    return Long.MIN_VALUE;
  }

  /** What is told by user before it is deleted, whatever its step. */
  long persons() {
    return before(retention.personDays());
  }

  /** Events before it are summarised by day; they name persons. */
  long events() {
    return before(Math.min(retention.eventDays(), retention.personDays()));
  }

  Iterable<Step> steps() {
    return retention.steps();
  }

  private long before(int days) {
    return clock.millis() - Duration.ofDays(days).toMillis();
  }
}
