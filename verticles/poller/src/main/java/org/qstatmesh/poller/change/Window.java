package org.qstatmesh.poller.change;

/**
 * The time between two looks at a cluster.
 *
 * @param seenAtEpochMillis the later look, by the server's clock
 * @param sinceEpochSeconds the earlier look, by the cluster's own clock
 * @param untilEpochSeconds the later look, by the cluster's own clock
 */
public record Window(long seenAtEpochMillis, long sinceEpochSeconds, long untilEpochSeconds) {
  /** The scheduler's clock may differ that much from the login node's. */
  private static final long SLACK_SECONDS = 600;

  /** In a longer window "when it was seen" says too little about when it happened. */
  private static final long LONGEST_TO_GUESS_SECONDS = 900;

  /** Whether it lies behind the earlier look; unknown times do not. */
  boolean isSince(Long epochSeconds) {
    return epochSeconds != null && epochSeconds > sinceEpochSeconds;
  }

  /** Whether it must have been there at the earlier look; unknown times need not. */
  boolean isLongBefore(Long epochSeconds) {
    return epochSeconds != null && epochSeconds < sinceEpochSeconds - SLACK_SECONDS;
  }

  /** When something was seen to have happened, by the cluster's clock; null in a long window. */
  Long whenSeen() {
    return untilEpochSeconds - sinceEpochSeconds <= LONGEST_TO_GUESS_SECONDS
        ? (Long) untilEpochSeconds
        : null;
  }
}
