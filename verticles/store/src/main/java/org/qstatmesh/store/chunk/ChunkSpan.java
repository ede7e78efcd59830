package org.qstatmesh.store.chunk;

import java.time.Duration;

/**
 * What one chunk spans: an hour of samples (step 0), or 240 steps. Chunks are aligned to the epoch.
 */
public final class ChunkSpan {
  private static final long STEPS_A_CHUNK = 240;
  private static final long HOUR_SECONDS = Duration.ofHours(1).toSeconds();

  private ChunkSpan() {}

  /** Its length. */
  public static long seconds(int stepSeconds) {
    return stepSeconds == 0 ? HOUR_SECONDS : STEPS_A_CHUNK * stepSeconds;
  }

  /** Its length. */
  public static long millis(int stepSeconds) {
    return seconds(stepSeconds) * 1_000;
  }

  /** Where the chunk starts that a time is in. */
  public static long startMillis(int stepSeconds, long epochMillis) {
    return Math.floorDiv(epochMillis, millis(stepSeconds)) * millis(stepSeconds);
  }
}
