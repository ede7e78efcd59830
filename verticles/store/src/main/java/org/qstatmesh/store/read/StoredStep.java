package org.qstatmesh.store.read;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.qstatmesh.store.chunk.ChunkSpan;
import org.qstatmesh.store.keep.Retention;

/**
 * A length in which samples are kept.
 *
 * @param seconds its length; 0: every sample
 * @param days how long; null for ever
 */
record StoredStep(int seconds, Integer days) {
  /** Every sample first, then ever longer ones. */
  static List<StoredStep> of(Retention retention) {
    return Stream.concat(
            Stream.of(new StoredStep(0, retention.rawDays())),
            retention.steps().stream().map(step -> new StoredStep(step.seconds(), step.days())))
        .toList();
  }

  /** What one chunk spans. */
  long chunkSeconds() {
    return ChunkSpan.seconds(seconds);
  }

  long chunkMillis() {
    return ChunkSpan.millis(seconds);
  }

  long millis() {
    return seconds * 1_000L;
  }

  /** Whether steps of that length consist of whole ones of this. */
  boolean divides(long stepMillis) {
    return seconds == 0 || stepMillis % millis() == 0;
  }

  /** Whether what is as old as that is still kept. */
  boolean reaches(long millis, long nowMillis) {
    return days == null || millis >= nowMillis - Duration.ofDays(days).toMillis();
  }
}
