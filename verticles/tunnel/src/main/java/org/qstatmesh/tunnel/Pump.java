package org.qstatmesh.tunnel;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.function.IntConsumer;

/** Carries bytes one way until they end. */
final class Pump {
  static final int BUFFER_BYTES = 64 << 10;

  private Pump() {}

  /** Blocks until {@code from} ends; {@code counter} hears of every piece that got through. */
  static void run(InputStream from, OutputStream to, IntConsumer counter) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    for (int length = from.read(buffer); length >= 0; length = from.read(buffer)) {
      to.write(buffer, 0, length);
      to.flush();
      counter.accept(length);
    }
  }

  /** Waits for a thread that carries; it ends with its session at the latest. */
  static void awaitEnd(Thread thread) {
    awaitEnd(thread, Duration.ZERO);
  }

  /** Waits for a thread that carries, but not for ever; zero is for ever. */
  static void awaitEnd(Thread thread, Duration within) {
    try {
      thread.join(within.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
