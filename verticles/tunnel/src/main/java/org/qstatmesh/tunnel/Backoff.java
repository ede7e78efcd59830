package org.qstatmesh.tunnel;

import java.time.Duration;
import java.util.function.DoubleSupplier;
import org.qstatmesh.bus.FailureCode;

/**
 * How long to wait before the next attempt: full jitter under a bound that doubles from 1 s to 10
 * s, so that many tunnels that lost one network do not come back in one burst, and a far end that
 * is back is found within 15 s. A login node whose probe does not start is left alone for longer.
 * Not for several threads.
 */
final class Backoff {
  static final Duration FIRST = Duration.ofSeconds(1);
  static final Duration CAP = Duration.ofSeconds(10);

  /** Bound where the login works and the command behind it does not: each attempt costs a Java. */
  static final Duration COMMAND_CAP = Duration.ofSeconds(30);

  /**
   * A connection that held this long counts as good: the next failure starts at the first bound.
   */
  static final Duration STABLE = Duration.ofSeconds(60);

  /** Never quicker than this: an attempt costs both ends a key exchange. */
  static final Duration FLOOR = Duration.ofMillis(250);

  /**
   * OpenSSH 9.8 bans an address that collects 15 s of penalties, and a refused login costs 5 s:
   * slower than one in 5 s never adds up.
   */
  static final Duration REFUSED_FLOOR = Duration.ofSeconds(5);

  private final DoubleSupplier random;
  private int failures;

  /**
   * @param random uniform in [0, 1)
   */
  Backoff(DoubleSupplier random) {
    this.random = random;
  }

  /** The wait after one more failure. */
  Duration afterFailure(FailureCode code) {
    boolean command = code == FailureCode.PROBE_UNREACHABLE || code == FailureCode.PROBE_PROTOCOL;
    long cap = (command ? COMMAND_CAP : CAP).toMillis();
    long bound = Math.min(cap, FIRST.toMillis() << Math.min(failures, 10));
    failures++;
    long floor = FLOOR.toMillis();
    if (code == FailureCode.SSH_AUTH_REFUSED) {
      floor = REFUSED_FLOOR.toMillis();
      bound = CAP.toMillis();
    }
    return Duration.ofMillis(floor + (long) (random.getAsDouble() * (bound - floor)));
  }

  /** A connection that had been open this long ended. */
  void afterConnection(Duration held) {
    if (held.compareTo(STABLE) >= 0) {
      reset();
    }
  }

  /** Starts anew, as after a change of configuration. */
  void reset() {
    failures = 0;
  }
}
