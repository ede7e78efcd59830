package org.qstatmesh.store.read;

import io.vertx.core.Future;
import io.vertx.core.Timer;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.qstatmesh.bus.AtQuery;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.bus.HistoryQuery;
import org.qstatmesh.bus.HistoryQuery.Dimension;
import org.qstatmesh.bus.HistoryQuery.Measure;
import org.qstatmesh.bus.LatestAnswer;
import org.qstatmesh.bus.WaitsQuery;

/**
 * Asks what browsers will ask, so that the first of them does not wait until classes are loaded and
 * compiled. Reads on the worker threads of all questions; answers go nowhere.
 */
final class WarmUp {
  /** Starting is busy enough without it, and nobody's page is there sooner. */
  private static final Duration DELAY = Duration.ofMillis(500);

  /** The first loads classes, the others have them compiled. */
  private static final int ROUNDS = 10;

  private static final List<Duration> RANGES = Stream.of(1, 7).map(Duration::ofDays).toList();

  private final Vertx vertx;
  private final HistoryReader history;
  private final LatestReader latest;
  private final WaitsReader waits;
  private final Clock clock;
  private Timer timer;
  private boolean ended;

  WarmUp(Vertx vertx, HistoryReader history, LatestReader latest, WaitsReader waits, Clock clock) {
    this.vertx = vertx;
    this.history = history;
    this.latest = latest;
    this.waits = waits;
    this.clock = clock;
  }

  /** Asks in a moment; the caller's context. */
  void begin() {
    timer = vertx.timer(DELAY.toMillis());
    timer
        .compose(now -> latest.answer())
        .map(WarmUp::firstCluster)
        .otherwise("")
        .onSuccess(cluster -> rounds(cluster, ROUNDS));
  }

  private static String firstCluster(LatestAnswer answer) {
    return answer.summaries().stream().findFirst().map(ClusterSummary::cluster).orElse("");
  }

  private void rounds(String cluster, int left) {
    if (left == 0) {
      return;
    }
    long now = clock.millis();
    Future<?> asked = Future.succeededFuture();
    for (Duration range : RANGES) {
      long from = Math.max(0, now - range.toMillis());
      HistoryQuery query =
          new HistoryQuery(
              cluster, Dimension.USER, Measure.RUNNING_SLOTS, from, now, 600, 8, left == 1);
      asked = asked.compose(done -> ask(() -> history.answer(query)));
    }
    long weekAgo = Math.max(0, now - Duration.ofDays(7).toMillis());
    AtQuery lastWeek = new AtQuery(weekAgo);
    WaitsQuery waited = new WaitsQuery(null, weekAgo, now);
    asked
        .compose(done -> ask(() -> waits.answer(waited)))
        .compose(done -> ask(() -> latest.answer(lastWeek)))
        .onSuccess(done -> rounds(cluster, left - 1));
  }

  /** Whoever asks in earnest is told what is wrong. */
  private Future<?> ask(Supplier<Future<?>> question) {
    return ended ? Future.succeededFuture() : question.get().otherwiseEmpty();
  }

  /** Asks nothing more. */
  void end() {
    ended = true;
    if (timer != null) {
      timer.cancel();
    }
  }
}
