package org.qstatmesh.probe.collect;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Holds a command back until its last start is one interval ago. The collections already start that
 * far apart; but a command behind a slow one started later last time. The collector's thread only,
 * but for {@link #stop()}.
 */
final class Pace {
  private final PoliteInterval interval;
  private final Map<String, Long> startedNanos = new HashMap<>();
  private final CountDownLatch stopped = new CountDownLatch(1);

  Pace(PoliteInterval interval) {
    this.interval = interval;
  }

  /** Returns when the command may start; false when the probe is stopping. */
  boolean awaitTurn(String collector) throws InterruptedException {
    Long last = startedNanos.get(collector);
    if (last != null) {
      long wait = last + interval.current().toNanos() - System.nanoTime();
      if (wait > 0 && stopped.await(wait, TimeUnit.NANOSECONDS)) {
        return false;
      }
    }
    startedNanos.put(collector, System.nanoTime());
    return stopped.getCount() > 0;
  }

  /** Lets nobody wait any longer. Any thread. */
  void stop() {
    stopped.countDown();
  }
}
