package org.qstatmesh.mesh.supervise;

import java.time.Duration;

/**
 * How long a dead stage stays down: doubling from {@code first} to {@code most}, from {@code first}
 * again once it was up for {@code forgiven}.
 */
public record Backoff(Duration first, Duration most, Duration forgiven) {

  /** One second to thirty, forgiven after a minute. */
  public static final Backoff USUAL =
      new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofMinutes(1));

  /** The wait before the try that follows {@code failures} failures in a row, at least 1. */
  Duration delay(int failures) {
    long doubled = first.toMillis() << Math.min(failures - 1, 20);
    return Duration.ofMillis(Math.min(doubled, most.toMillis()));
  }
}
