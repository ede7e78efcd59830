package org.qstatmesh.it.bench;

import java.time.Instant;

/** The machine's clock, which all processes share, finer than a millisecond. */
final class EpochTime {
  private EpochTime() {}

  static double nowMillis() {
    Instant now = Instant.now();
    return now.getEpochSecond() * 1e3 + now.getNano() / 1e6;
  }

  /** When {@link System#nanoTime()} had this value; right for the last minutes. */
  static double ofNanoTime(long nanoTime) {
    return nowMillis() - (System.nanoTime() - nanoTime) / 1e6;
  }
}
