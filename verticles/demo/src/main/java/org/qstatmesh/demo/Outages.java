package org.qstatmesh.demo;

import java.time.Duration;
import java.time.Instant;

/**
 * Something that fails again and again, by the clock alone.
 *
 * @param first from the start of the demonstration to the first outage
 * @param length how long each lasts; zero for never
 * @param period from the beginning of one to that of the next
 */
record Outages(Duration first, Duration length, Duration period) {
  static final Outages NEVER = new Outages(Duration.ZERO, Duration.ZERO, Duration.ofDays(1));

  /** Insists that it heals before it fails again. */
  Outages {
    if (length.compareTo(period) >= 0) {
      throw new IllegalArgumentException("an outage as long as its period never ends");
    }
  }

  /** Whether one is under way. */
  boolean holdsAt(Instant start, Instant now) {
    long sinceFirst = Duration.between(start.plus(first), now).toMillis();
    return sinceFirst >= 0 && sinceFirst % period.toMillis() < length.toMillis();
  }
}
