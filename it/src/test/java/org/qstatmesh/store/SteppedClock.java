package org.qstatmesh.store;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A store's clock that goes when it is told to. One thread. */
final class SteppedClock extends Clock {
  private long epochMillis;

  SteppedClock(long epochMillis) {
    this.epochMillis = epochMillis;
  }

  void set(long nowEpochMillis) {
    epochMillis = nowEpochMillis;
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(epochMillis);
  }

  @Override
  public long millis() {
    return epochMillis;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("a store knows UTC only");
  }
}
