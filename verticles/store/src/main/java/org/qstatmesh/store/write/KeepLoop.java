package org.qstatmesh.store.write;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.time.Duration;
import org.qstatmesh.bus.ForgetAnswer;
import org.qstatmesh.bus.Printable;
import org.qstatmesh.bus.QueryFailure;
import org.qstatmesh.store.database.DatabaseFault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has hours put together, old ones deleted and persons forgotten on the writer's thread, a little
 * at a time: what waits to be written goes in between, because that thread takes its work in turn.
 * Runs on the verticle's context.
 */
public final class KeepLoop {
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  /** How long a batch waits for it at most, one transaction aside. */
  private static final Duration AT_ONCE = Duration.ofMillis(60);

  /** Of a backlog of months: leaves a part of the time, and of the disk, to others. */
  private static final Duration BREATH = Duration.ofMillis(15);

  private static final Duration AFTER_FAILURE = Duration.ofSeconds(15);
  private static final Logger LOG = LoggerFactory.getLogger(KeepLoop.class);

  private final Vertx vertx;
  private final WorkerExecutor thread;
  private final SampleWriter writer;
  private final WriteMeters meters;
  private final WriteLoop.Events events;

  private Future<Void> underWay = Future.succeededFuture();
  private boolean stopping;
  private Long timer;
  private DatabaseFault fault;

  /**
   * A loop that does nothing yet.
   *
   * @param thread the writer's own, of one thread
   * @param events is told when the database is damaged, and when names were deleted
   */
  public KeepLoop(
      Vertx vertx,
      WorkerExecutor thread,
      SampleWriter writer,
      WriteMeters meters,
      WriteLoop.Events events) {
    this.vertx = vertx;
    this.thread = thread;
    this.writer = writer;
    this.meters = meters;
    this.events = events;
  }

  public void start() {
    arm(INTERVAL);
  }

  private void arm(Duration pause) {
    if (stopping) {
      return;
    }
    timer =
        vertx.setTimer(
            pause.toMillis(),
            id -> {
              timer = null;
              underWay = keep();
            });
  }

  /** Never fails: what was not done is still due. */
  private Future<Void> keep() {
    long startedNanos = System.nanoTime();
    return thread
        .executeBlocking(() -> writer.keep(AT_ONCE))
        .<Void>transform(
            done -> {
              if (done.succeeded()) {
                meters.kept(Duration.ofNanos(System.nanoTime() - startedNanos));
                fault = null;
                if (writer.takeNamesDeleted()) {
                  events.namesDeleted();
                }
                arm(done.result() ? BREATH : INTERVAL);
              } else {
                failed(done.cause());
                arm(AFTER_FAILURE);
              }
              return Future.succeededFuture();
            });
  }

  private void failed(Throwable cause) {
    DatabaseFault now = DatabaseFault.of(cause);
    meters.failed(now);
    if (now != fault) {
      LOG.error(
          "hours of the history cannot be put together, {}: {}; it is tried again",
          now.meaning(),
          Printable.escape(cause.getMessage()));
    }
    fault = now;
    if (now == DatabaseFault.CORRUPT) {
      events.damaged(cause);
    }
  }

  /** Fails with {@link QueryFailure} 400 without a login, 503 when writing fails. */
  public Future<ForgetAnswer> forget(String login) {
    if (login == null || login.isEmpty()) {
      return Future.failedFuture(QueryFailure.badField("login", "is missing"));
    }
    return thread
        .executeBlocking(() -> writer.forget(login))
        .compose(this::goOn)
        .recover(
            cause ->
                Future.failedFuture(
                    new QueryFailure(
                        QueryFailure.UNAVAILABLE,
                        "not all is forgotten yet: " + Printable.escape(cause.getMessage()))));
  }

  private Future<ForgetAnswer> goOn(SampleWriter.Forgetting forgetting) {
    if (stopping) {
      return Future.failedFuture("the stage ends; it goes on when it starts again");
    }
    return thread
        .executeBlocking(() -> forgetting.go(AT_ONCE))
        .compose(answer -> answer == null ? goOn(forgetting) : Future.succeededFuture(answer));
  }

  /** Succeeds when nothing of it is under way. */
  public Future<Void> stop() {
    stopping = true;
    if (timer != null) {
      vertx.cancelTimer(timer);
    }
    return underWay;
  }
}
