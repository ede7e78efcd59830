package org.qstatmesh.mesh.supervise;

import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.qstatmesh.bus.Printable;
import org.qstatmesh.mesh.supervise.StageReport.Status;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One stage and its life; used from the supervisor's event loop only, one change at a time. */
final class SupervisedStage {
  private static final Logger LOG = LoggerFactory.getLogger(SupervisedStage.class);

  /** A stage closes its own resources within 5 s; after this it is given up. */
  private static final Duration STOP_DEADLINE = Duration.ofSeconds(6);

  private final Vertx vertx;
  private final Stage stage;
  private final Supplier<Deployable> factory;
  private final Backoff backoff;
  private final Consumer<Stage> onUp;

  private Status status = Status.DOWN;
  private long sinceEpochMillis = System.currentTimeMillis();
  private String problem = "never started";
  private String note;
  private String deploymentId;
  private int starts;
  private int failures;
  private long retryTimer = -1;

  /** Changes queue up behind this one. */
  private Future<Void> last = Future.succeededFuture();

  private boolean wanted;

  SupervisedStage(
      Vertx vertx,
      Stage stage,
      Supplier<Deployable> factory,
      Backoff backoff,
      Consumer<Stage> onUp) {
    this.vertx = vertx;
    this.stage = stage;
    this.factory = factory;
    this.backoff = backoff;
    this.onUp = onUp;
  }

  StageReport report() {
    return new StageReport(
        stage.label(), status, sinceEpochMillis, Math.max(0, starts - 1), problem, note);
  }

  /** What it says of itself; it may say so while it starts. */
  void noted(String says) {
    note = says;
  }

  /** Succeeds when the stage serves; when it does not, fails and goes on trying. */
  Future<Void> start() {
    wanted = true;
    return queue(this::deploy);
  }

  /** Stops and starts it, at once. */
  Future<Void> restart() {
    wanted = true;
    return queue(() -> undeploy("restart asked for").compose(done -> deploy()));
  }

  /** Takes it down because it said that it cannot go on, and tries again later. */
  void died(String detail) {
    if (status == Status.UP) {
      LOG.error("stage {} died: {}", stage.label(), Printable.escape(detail));
      queue(() -> undeploy(detail).onComplete(done -> retryLater(detail)))
          .onFailure(cause -> LOG.debug("stage {} did not stop cleanly", stage.label(), cause));
    }
  }

  /** Succeeds when it is stopped or given up. */
  Future<Void> stop() {
    wanted = false;
    vertx.cancelTimer(retryTimer);
    return queue(() -> undeploy("stopped"));
  }

  private Future<Void> queue(Supplier<Future<Void>> change) {
    last = last.transform(before -> change.get());
    return last;
  }

  private Future<Void> deploy() {
    if (!wanted || status == Status.UP) {
      return Future.succeededFuture();
    }
    vertx.cancelTimer(retryTimer);
    note = null;
    enter(Status.STARTING, null);
    starts++;
    return Future.succeededFuture()
        .compose(ready -> vertx.deployVerticle(factory.get()))
        .onSuccess(this::up)
        .onFailure(
            cause -> {
              LOG.error(
                  "stage {} did not start: {}",
                  stage.label(),
                  Printable.escape(String.valueOf(cause.getMessage())));
              LOG.debug("stage {} did not start", stage.label(), cause);
              retryLater(String.valueOf(cause.getMessage()));
            })
        .mapEmpty();
  }

  private void up(String id) {
    deploymentId = id;
    enter(Status.UP, null);
    LOG.info("stage {} is up", stage.label());
    onUp.accept(stage);
  }

  private Future<Void> undeploy(String why) {
    if (deploymentId == null) {
      enter(Status.DOWN, why);
      return Future.succeededFuture();
    }
    long upMillis = System.currentTimeMillis() - sinceEpochMillis;
    if (upMillis >= backoff.forgiven().toMillis()) {
      failures = 0;
    }
    note = null;
    enter(Status.STOPPING, why);
    String id = deploymentId;
    deploymentId = null;
    return vertx
        .undeploy(id)
        .timeout(STOP_DEADLINE.toMillis(), TimeUnit.MILLISECONDS)
        .otherwise(
            cause -> {
              LOG.warn("stage {} did not stop cleanly: {}", stage.label(), cause.toString());
              return null;
            })
        .onComplete(
            done -> {
              enter(Status.DOWN, why);
              LOG.info("stage {} is down: {}", stage.label(), Printable.escape(why));
            });
  }

  private void retryLater(String why) {
    enter(Status.DOWN, why);
    if (wanted) {
      failures++;
      long delayMillis = backoff.delay(failures).toMillis();
      LOG.info("stage {} is tried again in {} ms", stage.label(), delayMillis);
      retryTimer =
          vertx.setTimer(
              Math.max(1, delayMillis),
              timer ->
                  queue(this::deploy)
                      .onFailure(cause -> LOG.debug("stage {} failed again", stage.label())));
    }
  }

  private void enter(Status next, String why) {
    status = next;
    sinceEpochMillis = System.currentTimeMillis();
    problem = why;
  }
}
