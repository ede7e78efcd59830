package org.qstatmesh.broadcast;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.qstatmesh.broadcast.notify.HookDesk;
import org.qstatmesh.broadcast.notify.HookTimings;
import org.qstatmesh.bus.Addresses;
import org.qstatmesh.bus.ClusterConfig;
import org.qstatmesh.bus.ClustersConfigured;
import org.qstatmesh.bus.LatestAnswer;
import org.qstatmesh.bus.LatestQuery;
import org.qstatmesh.bus.PollFailed;
import org.qstatmesh.bus.SnapshotTaken;
import org.qstatmesh.bus.Subscription;

/**
 * The stage that tells receivers of the operator's choice what happened; {@link
 * org.qstatmesh.broadcast.notify} says how. It keeps rows of its own, as the page's stage does, so
 * that either is started again without the other. Nobody waits for it.
 */
public final class NotifyVerticle extends VerticleBase {
  private static final Duration TICK = Duration.ofSeconds(1);
  private static final Duration LATEST_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration LATEST_RETRY = Duration.ofSeconds(2);

  private final NotifyConfig config;
  private final MeterRegistry meters;
  private final HookTimings timings;
  private final Clock clock;
  private final RowBoard board = new RowBoard();
  private HookDesk desk;
  private boolean stopped;

  /**
   * @param config whom to tell what
   * @param meters where figures go; meters of this stage are taken out when it stops
   */
  public NotifyVerticle(NotifyConfig config, MeterRegistry meters) {
    this(config, meters, HookTimings.USUAL, Clock.systemUTC());
  }

  NotifyVerticle(NotifyConfig config, MeterRegistry meters, HookTimings timings, Clock clock) {
    this.config = config;
    this.meters = meters;
    this.timings = timings;
    this.clock = clock;
  }

  @Override
  public Future<?> start() {
    if (config.hooks().isEmpty()) {
      return Future.succeededFuture();
    }
    desk = new HookDesk(vertx, config.hooks(), timings, meters, clock);
    configure(config.clusters());
    return Future.all(
            List.of(
                ready(
                    Addresses.CLUSTERS_CONFIGURED.subscribe(
                        vertx, (ClustersConfigured news) -> configure(news.clusters()))),
                ready(Addresses.SNAPSHOT_TAKEN.subscribe(vertx, this::taken)),
                ready(Addresses.POLL_FAILED.subscribe(vertx, this::failed))))
        .onSuccess(
            ready -> {
              loadRows();
              tick();
            })
        .recover(cause -> stop().transform(closed -> Future.failedFuture(cause)));
  }

  @Override
  public Future<?> stop() {
    stopped = true;
    return desk == null ? Future.succeededFuture() : desk.stop();
  }

  private static Future<Void> ready(Subscription subscription) {
    return subscription.ready();
  }

  private void configure(List<ClusterConfig> clusters) {
    board.configure(clusters);
    desk.keep(Set.copyOf(board.clusters()));
  }

  private void taken(SnapshotTaken news) {
    if (news.backfilled() || !board.clusters().contains(news.summary().cluster())) {
      return;
    }
    desk.taken(news);
    board.take(news.summary(), clock.millis());
    look();
  }

  private void failed(PollFailed news) {
    board.fail(news, clock.millis());
    look();
  }

  /** Asks the store for the last pictures, by which a quick restart is no gap, until it answers. */
  private void loadRows() {
    if (stopped) {
      return;
    }
    Addresses.LATEST
        .ask(vertx, new LatestQuery(), LATEST_TIMEOUT)
        .onComplete(
            this::known, cause -> vertx.setTimer(LATEST_RETRY.toMillis(), again -> loadRows()));
  }

  private void known(LatestAnswer answer) {
    answer
        .summaries()
        .forEach(
            summary -> {
              desk.known(summary);
              board.take(summary, clock.millis());
            });
    look();
  }

  /** Rows also change, and messages become due, by the clock alone. */
  private void tick() {
    if (!stopped) {
      look();
      vertx.setTimer(TICK.toMillis(), again -> tick());
    }
  }

  private void look() {
    if (!stopped) {
      desk.rows(board.changes(clock.millis()));
    }
  }
}
