package org.qstatmesh.it.kit;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waits until something holds that nobody announces. */
public final class Eventually {
  /** Long: other builds may share the machine. What a test demands to be quick, it times itself. */
  public static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final long PAUSE_NANOS = 20_000_000;

  private Eventually() {}

  /** A condition that may look at files, sockets and browsers. */
  @FunctionalInterface
  public interface Condition {
    /** Whether it holds now. */
    boolean holds() throws Exception;
  }

  /** Blocks until it holds; fails when it does not within {@link #PATIENCE}. */
  public static void eventually(String what, Condition condition) throws Exception {
    eventually(what, PATIENCE, condition, () -> "");
  }

  /** Blocks until it holds; when it does not within the deadline, says what there was instead. */
  public static void eventually(
      String what, Duration deadline, Condition condition, Supplier<String> instead)
      throws Exception {
    long until = System.nanoTime() + deadline.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > until) {
        throw new AssertionError(
            "not within " + deadline.toSeconds() + " s: " + what + "\n" + instead.get());
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }
}
