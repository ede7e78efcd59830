package org.qstatmesh.mesh.cli;

import java.util.concurrent.CountDownLatch;

/** Keeps a command running until the process is told to end, and then closes what it ran. */
final class Foreground {
  private Foreground() {}

  /**
   * Never returns; {@code close} runs when the process gets SIGTERM or Ctrl-C, which then ends with
   * 143 or 130.
   */
  static int until(Runnable close) throws InterruptedException {
    Runtime.getRuntime().addShutdownHook(new Thread(close, "shutdown"));
    new CountDownLatch(1).await();
    throw new IllegalStateException("nobody opens this latch");
  }
}
