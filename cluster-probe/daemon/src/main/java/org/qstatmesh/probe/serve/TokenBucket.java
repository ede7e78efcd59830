package org.qstatmesh.probe.serve;

import java.time.Duration;

/** Lets so many through at once, and so many more each minute. One thread. */
final class TokenBucket {
  private final int capacity;
  private final long nanosPerToken;
  private double tokens;
  private long filledNanos;

  TokenBucket(int perMinute, int atOnce, long nowNanos) {
    this.capacity = atOnce;
    this.nanosPerToken = Duration.ofMinutes(1).toNanos() / perMinute;
    this.tokens = atOnce;
    this.filledNanos = nowNanos;
  }

  boolean take(long nowNanos) {
    tokens = Math.min(capacity, tokens + (nowNanos - filledNanos) / (double) nanosPerToken);
    filledNanos = nowNanos;
    if (tokens < 1) {
      return false;
    }
    tokens--;
    return true;
  }
}
