package org.qstatmesh.store.write;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.time.Duration;
import java.util.List;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.bus.PollFailed;
import org.qstatmesh.bus.Printable;
import org.qstatmesh.bus.SnapshotTaken;
import org.qstatmesh.store.database.AnotherWriterException;
import org.qstatmesh.store.database.DatabaseFault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands what waits to the writer's thread: one batch at a time, one commit a second at most, later
 * and later while the disk refuses. Nothing leaves the queue before it is on disk. Runs on the
 * verticle's context.
 */
public final class WriteLoop {
  private static final Duration COMMIT_INTERVAL = Duration.ofSeconds(1);
  private static final Duration LONGEST_BACK_OFF = Duration.ofSeconds(8);
  private static final int BATCH_SUMMARIES = 512;

  /** 20 clusters for 50 minutes at 30 s; some 20 kB each with 60 users. */
  private static final int PENDING_SUMMARIES = 2_048;

  /** 40 MB: the same with twice the users. */
  private static final int PENDING_WEIGHT = 400_000;

  /** More than any mesh has. */
  private static final int FAILING_CLUSTERS = 2_048;

  private static final Logger LOG = LoggerFactory.getLogger(WriteLoop.class);

  private final Vertx vertx;
  private final WorkerExecutor thread;
  private final SampleWriter writer;
  private final WriteMeters meters;
  private final Events events;
  private final PendingSummaries pending = new PendingSummaries(PENDING_SUMMARIES, PENDING_WEIGHT);
  private final PendingFailures failures = new PendingFailures(FAILING_CLUSTERS);

  private Future<Void> underWay = Future.succeededFuture();
  private boolean armed;
  private boolean stopping;
  private Long timer;
  private long startedNanos = System.nanoTime() - COMMIT_INTERVAL.toNanos();
  private int failuresInARow;
  private DatabaseFault fault;

  /** Hears of what happens, on the verticle's context. */
  public interface Events {
    /** A summary is on disk. */
    void onDisk(ClusterSummary summary);

    /** Writing was paused, or goes on. */
    void changed();

    /** The database is damaged. */
    void damaged(Throwable cause);

    /** Another store writes to the database meanwhile. */
    void relieved(AnotherWriterException cause);

    /** Names that nothing names any more are gone; their numbers may be given to others. */
    void namesDeleted();
  }

  /**
   * A loop that does nothing yet.
   *
   * @param thread the writer's own, of one thread
   * @param events is told what happens
   */
  public WriteLoop(
      Vertx vertx, WorkerExecutor thread, SampleWriter writer, WriteMeters meters, Events events) {
    this.vertx = vertx;
    this.thread = thread;
    this.writer = writer;
    this.meters = meters;
    this.events = events;
    meters.gauge("pending", "summaries that wait for the disk", pending::size);
    meters.gauge("writing", "1, or 0 while the disk refuses", () -> fault == null ? 1 : 0);
    meters.gauge("wal.bytes", "size of the write-ahead log", writer::walBytes);
    meters.gauge("database.bytes", "size of the history", writer::databaseBytes);
    meters.gauge(
        "events.days.early",
        "days whose events were summarised before their time, because there were too many",
        writer::eventDaysEarly);
  }

  public void offer(SnapshotTaken taken) {
    ClusterSummary summary = taken.summary();
    if (summary.snapshotId() == null
        || summary.observedAtEpochMillis() == null
        || summary.receivedAtEpochMillis() == null) {
      meters.refused();
      return;
    }
    meters.dropped(pending.add(taken));
    arm();
  }

  /** A poll failed; what is written is that its cluster is down. */
  public void offer(PollFailed failed) {
    if (failed.cluster() == null || failed.failure() == null) {
      meters.refused();
      return;
    }
    meters.dropped(failures.add(failed) ? 1 : 0);
    arm();
  }

  private void arm() {
    if (armed || stopping || (pending.isEmpty() && failures.isEmpty())) {
      return;
    }
    armed = true;
    long sinceStart = (System.nanoTime() - startedNanos) / 1_000_000;
    long delayMillis = Math.max(1, pause().toMillis() - sinceStart);
    timer =
        vertx.setTimer(
            delayMillis,
            id -> {
              timer = null;
              underWay = writeOldest().onComplete(done -> rearm());
            });
  }

  private void rearm() {
    armed = false;
    arm();
  }

  private Duration pause() {
    Duration pause = COMMIT_INTERVAL.multipliedBy(1L << Math.min(failuresInARow, 3));
    return pause.compareTo(LONGEST_BACK_OFF) < 0 ? pause : LONGEST_BACK_OFF;
  }

  /** Never fails: what was not written stays. */
  private Future<Void> writeOldest() {
    List<SnapshotTaken> batch = pending.oldest(BATCH_SUMMARIES);
    List<PollFailed> failed = failures.all();
    startedNanos = System.nanoTime();
    return thread
        .executeBlocking(() -> writer.write(batch, failed))
        .<Void>transform(
            done -> {
              if (done.succeeded()) {
                failures.remove(failed);
                onDisk(batch, done.result());
              } else {
                notOnDisk(done.cause());
              }
              return Future.succeededFuture();
            });
  }

  private void onDisk(List<SnapshotTaken> batch, Written written) {
    meters.written(written, Duration.ofNanos(System.nanoTime() - startedNanos));
    pending.remove(batch);
    failuresInARow = 0;
    for (SnapshotTaken taken : batch) {
      if (written.isOnDisk(taken)) {
        events.onDisk(taken.summary());
      }
    }
    if (fault != null) {
      LOG.info("history is written again; {} summaries still wait", pending.size());
      fault = null;
      events.changed();
    }
  }

  private void notOnDisk(Throwable cause) {
    if (cause instanceof UnstorableException e) {
      pending.remove(List.of(e.taken()));
      meters.refused();
      LOG.error(
          "summary {} of {} cannot be stored",
          Printable.escape(e.taken().summary().snapshotId()),
          Printable.escape(e.taken().summary().cluster()),
          e.getCause());
      return;
    }
    failuresInARow++;
    if (cause instanceof AnotherWriterException e) {
      // What waits is no trouble of the history: its pollers keep it for the other.
      meters.failed(DatabaseFault.BUSY);
      events.relieved(e);
      return;
    }
    DatabaseFault now = DatabaseFault.of(cause);
    if (now != fault) {
      LOG.error(
          "history is paused, {}: {}; {} summaries wait",
          now.meaning(),
          Printable.escape(cause.getMessage()),
          pending.size());
      fault = now;
      events.changed();
    }
    meters.failed(now);
    if (now == DatabaseFault.CORRUPT) {
      events.damaged(cause);
    }
  }

  /** Why what waits does not reach the disk; null while it does. */
  public DatabaseFault fault() {
    return fault;
  }

  /** How many summaries wait for the disk. */
  public int waiting() {
    return pending.size();
  }

  /** Writes what waits, unless the disk refuses; then closes the connection. */
  public Future<Void> stop() {
    stopping = true;
    if (timer != null) {
      vertx.cancelTimer(timer);
    }
    meters.removeGauges();
    return underWay
        .compose(done -> flush())
        .compose(
            done ->
                thread.<Void>executeBlocking(
                    () -> {
                      writer.close();
                      return null;
                    }));
  }

  private Future<Void> flush() {
    if (pending.isEmpty()) {
      return Future.succeededFuture();
    }
    return writeOldest()
        .compose(
            done -> {
              if (fault == null && failuresInARow == 0) {
                return flush();
              }
              LOG.warn("{} summaries were not written; their pollers keep them", pending.size());
              return Future.succeededFuture();
            });
  }
}
