package org.qstatmesh.probe.collect;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.qstatmesh.wire.ProbeError;
import org.qstatmesh.wire.ProbeErrorCode;
import org.qstatmesh.wire.ProbeHello;
import org.qstatmesh.wire.Snapshot;
import org.qstatmesh.wire.Visibility;

/**
 * Collects when asked, in the background: at most one collection at a time, and none before the
 * interval is over. Nobody asking means nothing runs. Any thread.
 */
public final class BackgroundCollector implements AutoCloseable {
  /**
   * Who asks this shortly before the next collection may begin waits for it. Else a poller whose
   * interval equals ours would come a moment early each time and see every second picture only.
   */
  private static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final SnapshotTaker taker;
  private final StateLog stateLog = new StateLog();
  private final ScheduledThreadPoolExecutor executor;
  private CompletableFuture<Collected> underWay;
  private long lastBeganNanos;
  private volatile Collected newest;
  private volatile ProbeHello hello;

  /** Starts nothing yet. */
  public BackgroundCollector(SnapshotTaker taker) {
    this.taker = taker;
    this.hello = hello(null);
    this.executor =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "collector");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Who is here, as the newest picture says. */
  public ProbeHello hello() {
    return hello;
  }

  /** The newest result; null before the first collection ended. */
  public Collected newest() {
    return newest;
  }

  /**
   * A future of a result that is fresh enough: already complete when the newest one is younger than
   * the interval, else of the collection under way, which is begun if there is none. It never
   * fails.
   */
  public synchronized CompletableFuture<Collected> ask() {
    if (underWay != null) {
      return underWay.copy();
    }
    long wait = newest == null ? 0 : untilDueNanos();
    long patience = Math.min(LONGEST_WAIT_NANOS, taker.minimumInterval().toNanos() / 10);
    if (wait > patience || executor.isShutdown()) {
      return CompletableFuture.completedFuture(newest == null ? stopping() : newest);
    }
    underWay = new CompletableFuture<>();
    // collect() hands its result on by itself, whatever happens
    var unused = executor.schedule(this::collect, Math.max(0, wait), TimeUnit.NANOSECONDS);
    return underWay.copy();
  }

  private long untilDueNanos() {
    return lastBeganNanos + taker.minimumInterval().toNanos() - System.nanoTime();
  }

  private void collect() {
    long beganNanos = System.nanoTime();
    Collected result = failed("defect in the probe");
    try {
      Taking taking = taker.take();
      stateLog.note(taking);
      result = encode(taking);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      result = stopping();
    } catch (RuntimeException defect) {
      result = failed("defect in the probe: " + defect);
    } finally {
      publish(result, beganNanos);
    }
  }

  private void publish(Collected result, long beganNanos) {
    CompletableFuture<Collected> done;
    synchronized (this) {
      lastBeganNanos = beganNanos;
      newest = result;
      done = underWay;
      underWay = null;
    }
    done.complete(result);
  }

  private Collected encode(Taking taking) {
    Snapshot snapshot = taking.snapshot();
    if (snapshot == null) {
      return new Collected.Nothing(taking.error());
    }
    hello = hello(snapshot);
    return new Collected.Picture(snapshot.snapshotId(), taking.encoded(), taking.beganNanos());
  }

  private ProbeHello hello(Snapshot snapshot) {
    int interval = Math.toIntExact(taker.minimumInterval().toSeconds());
    return snapshot == null
        ? new ProbeHello(null, null, null, Visibility.UNKNOWN, taker.probeVersion(), interval)
        : new ProbeHello(
            snapshot.drms(),
            snapshot.drmsVersion(),
            snapshot.serverName(),
            snapshot.visibility(),
            taker.probeVersion(),
            interval);
  }

  private static Collected stopping() {
    return failed("the probe is stopping");
  }

  private static Collected failed(String message) {
    return new Collected.Nothing(ProbeError.of(ProbeErrorCode.DRMS_COMMAND_FAILED, message));
  }

  /** Begins nothing more; a command under way is the runner's to kill. */
  @Override
  public synchronized void close() {
    taker.stop();
    executor.shutdown();
  }
}
