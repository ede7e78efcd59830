package org.qstatmesh.probe.collect;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.qstatmesh.wire.Backfill;
import org.qstatmesh.wire.PastSummary;
import org.qstatmesh.wire.ProbeError;
import org.qstatmesh.wire.ProbeErrorCode;
import org.qstatmesh.wire.ProbeHello;
import org.qstatmesh.wire.ProbeRequest;
import org.qstatmesh.wire.Snapshot;
import org.qstatmesh.wire.Summary;
import org.qstatmesh.wire.Visibility;

/**
 * Collects when asked, in the background: at most one collection at a time, and none before the
 * interval is over. Who was never asked runs nothing; who was asked goes on for as long as
 * summaries are kept, and keeps them for a server that comes back. Any thread.
 */
public final class BackgroundCollector implements AutoCloseable {
  /**
   * Who asks this shortly before the next collection may begin waits for it. Else a poller whose
   * interval equals ours would come a moment early each time and see every second picture only.
   */
  private static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final SnapshotTaker taker;
  private final StateLog stateLog = new StateLog();
  private final SummaryRing kept;
  private final UnaskedRhythm rhythm;
  private final ScheduledThreadPoolExecutor executor;
  private CompletableFuture<Collected> underWay;
  private Future<?> unasked = CompletableFuture.completedFuture(null);
  private long lastBeganNanos;
  private volatile Collected newest;
  private volatile ProbeHello hello;

  /** Starts nothing yet, and never anything that nobody asked for. */
  public BackgroundCollector(SnapshotTaker taker) {
    this(taker, BackfillOptions.NONE);
  }

  /** Starts nothing yet. */
  public BackgroundCollector(SnapshotTaker taker, BackfillOptions backfill) {
    this.taker = taker;
    this.kept = new SummaryRing(backfill);
    this.rhythm = new UnaskedRhythm(backfill);
    this.hello = hello(null);
    this.executor =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "collector");
              thread.setDaemon(true);
              return thread;
            });
    executor.setRemoveOnCancelPolicy(true);
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
    rhythm.asked(System.nanoTime());
    if (underWay != null) {
      return underWay.copy();
    }
    long wait = newest == null ? 0 : untilDueNanos();
    long patience = Math.min(LONGEST_WAIT_NANOS, taker.minimumInterval().toNanos() / 10);
    if (wait > patience || executor.isShutdown()) {
      return CompletableFuture.completedFuture(newest == null ? stopping() : newest);
    }
    begin(wait);
    return underWay.copy();
  }

  /** What was counted after the collection that the request names. */
  public Backfill backfill(ProbeRequest request) {
    return kept.after(request, System.nanoTime());
  }

  private void begin(long waitNanos) {
    underWay = new CompletableFuture<>();
    // collect() hands its result on by itself, whatever happens
    var unused = executor.schedule(this::collect, Math.max(0, waitNanos), TimeUnit.NANOSECONDS);
  }

  private synchronized void beginUnasked() {
    if (underWay == null && !executor.isShutdown() && rhythm.goesOn(System.nanoTime())) {
      begin(0);
    }
  }

  /** Every collection puts off the one that nobody asks for. */
  private void scheduleUnasked() {
    unasked.cancel(false);
    long now = System.nanoTime();
    if (rhythm.goesOn(now) && !executor.isShutdown()) {
      long delay = lastBeganNanos + rhythm.periodNanos(taker.minimumInterval()) - now;
      unasked = executor.schedule(this::beginUnasked, Math.max(0, delay), TimeUnit.NANOSECONDS);
    }
  }

  private long untilDueNanos() {
    return lastBeganNanos + taker.minimumInterval().toNanos() - System.nanoTime();
  }

  private void collect() {
    long beganNanos = System.nanoTime();
    Collected result = failed("defect in the probe");
    if (newest instanceof Collected.Picture last
        && LargePicture.isLarge(last.encoded().heldBytes())) {
      LargePicture.makeRoom();
    }
    try {
      Taking taking = taker.take(kept.isDue(beganNanos));
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
      scheduleUnasked();
    }
    done.complete(result);
  }

  private Collected encode(Taking taking) {
    Snapshot snapshot = taking.snapshot();
    if (snapshot == null) {
      return new Collected.Nothing(taking.error());
    }
    hello = hello(snapshot);
    if (taking.summary() != null) {
      kept.add(past(snapshot, taking.summary()), taking.beganNanos());
    }
    return new Collected.Picture(snapshot.snapshotId(), taking.encoded(), taking.beganNanos());
  }

  private static PastSummary past(Snapshot head, Summary summary) {
    return new PastSummary(
        head.snapshotId(),
        head.takenAtEpochMillis(),
        null,
        head.drms(),
        head.drmsVersion(),
        head.serverName(),
        head.visibility(),
        summary);
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
    unasked.cancel(false);
    executor.shutdown();
  }
}
