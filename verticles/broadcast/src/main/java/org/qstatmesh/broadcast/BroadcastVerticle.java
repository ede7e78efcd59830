package org.qstatmesh.broadcast;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.net.SocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.qstatmesh.broadcast.browser.BrowserLimits;
import org.qstatmesh.broadcast.browser.BrowserServer;
import org.qstatmesh.bus.Addresses;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.bus.ClustersConfigured;
import org.qstatmesh.bus.ConfState;
import org.qstatmesh.bus.LatestAnswer;
import org.qstatmesh.bus.LatestQuery;
import org.qstatmesh.bus.PeopleConfigured;
import org.qstatmesh.bus.PollFailed;
import org.qstatmesh.bus.PollerAlive;
import org.qstatmesh.bus.SnapshotTaken;
import org.qstatmesh.bus.StoreState;
import org.qstatmesh.bus.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stage that browsers meet: keeps every row, serves the page and pushes each row that changed.
 *
 * <p>It serves from the moment {@code start} succeeds; the one line "listening on http://…" at INFO
 * names the port. One instance per node.
 */
public final class BroadcastVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(BroadcastVerticle.class);
  private static final Duration TICK = Duration.ofSeconds(1);
  private static final Duration LATEST_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration LATEST_RETRY = Duration.ofSeconds(2);

  /** Body of the overview; {@code people} is null when nobody is configured. */
  record Overview(
      String title, List<RowBoard.Entry> clusters, MeshHealth.State mesh, ShownPeople people) {}

  private final BroadcastConfig config;
  private final MeterRegistry meters;
  private final Consumer<SocketAddress> bound;
  private final BrowserLimits limits;
  private final Clock clock;
  private final RowBoard board = new RowBoard();
  private MeshHealth health;
  private BrowserServer browsers;
  private ShownPeople people;
  private Overview shown;
  private boolean newsHeard;
  private boolean askingLatest;
  private boolean rehearsed;
  private boolean stopped;

  /** A stage that tells nobody which port it got. */
  public BroadcastVerticle(BroadcastConfig config, MeterRegistry meters) {
    this(config, meters, address -> {});
  }

  /**
   * @param config what to serve
   * @param meters where figures go; meters of this stage are taken out when it stops
   * @param bound told once where the page is served, before {@code start} succeeds
   */
  public BroadcastVerticle(
      BroadcastConfig config, MeterRegistry meters, Consumer<SocketAddress> bound) {
    this(config, meters, bound, BrowserLimits.DEFAULT, Clock.systemUTC());
  }

  BroadcastVerticle(
      BroadcastConfig config,
      MeterRegistry meters,
      Consumer<SocketAddress> bound,
      BrowserLimits limits,
      Clock clock) {
    this.config = config;
    this.meters = meters;
    this.bound = bound;
    this.limits = limits;
    this.clock = clock;
  }

  @Override
  public Future<?> start() {
    health = new MeshHealth(clock.millis());
    board.configure(config.clusters());
    people = ShownPeople.of(config.people());
    MeshDesk desk =
        new MeshDesk(
            vertx,
            context,
            this::storeAnswered,
            () -> board.standings(clock.millis()),
            board::cores);
    BrowserServer.Settings settings =
        new BrowserServer.Settings(
            config.host(),
            config.port(),
            config.publicly(),
            config.origins(),
            config.embedders(),
            limits);
    return BrowserServer.start(vertx, settings, desk, meters)
        .compose(
            server -> {
              browsers = server;
              browsers.offer(board.clusters());
              refresh();
              return subscribe();
            })
        .onSuccess(
            ready -> {
              loadRows();
              tick();
              bound.accept(browsers.address());
              LOG.info("listening on {}", browsers.url());
            })
        .recover(cause -> stop().transform(closed -> Future.failedFuture(cause)));
  }

  @Override
  public Future<?> stop() {
    stopped = true;
    return browsers == null ? Future.succeededFuture() : browsers.stop();
  }

  private Future<?> subscribe() {
    return Future.all(
        List.of(
            ready(Addresses.CLUSTERS_CONFIGURED.subscribe(vertx, this::configured)),
            ready(Addresses.PEOPLE_CONFIGURED.subscribe(vertx, this::configured)),
            ready(Addresses.SNAPSHOT_TAKEN.subscribe(vertx, this::taken)),
            ready(Addresses.POLL_FAILED.subscribe(vertx, this::failed)),
            ready(Addresses.POLLER_ALIVE.subscribe(vertx, this::pollerAlive)),
            ready(Addresses.STORE_STATE.subscribe(vertx, this::storeStands)),
            ready(Addresses.CONF_STATE.subscribe(vertx, this::confStands)),
            ready(Addresses.SNAPSHOT_STORED.subscribe(vertx, stored -> storeAnswered(true)))));
  }

  private static Future<Void> ready(Subscription subscription) {
    return subscription.ready();
  }

  private void configured(ClustersConfigured news) {
    List<String> before = board.clusters();
    board.configure(news.clusters());
    browsers.offer(board.clusters());
    refresh();
    if (!before.containsAll(board.clusters())) {
      loadRows();
    }
  }

  private void configured(PeopleConfigured news) {
    people = ShownPeople.of(news.people());
    refresh();
  }

  private void taken(SnapshotTaken news) {
    if (news.backfilled()) {
      return; // of the past: news for the history only
    }
    board.take(news.summary(), clock.millis());
    newsHeard = true;
    refresh();
  }

  private void failed(PollFailed news) {
    board.fail(news, clock.millis());
    newsHeard = true;
    refresh();
  }

  private void pollerAlive(PollerAlive beat) {
    health.pollerAlive(beat, clock.millis());
    lookWhoPolls();
    refresh();
  }

  private void lookWhoPolls() {
    long now = clock.millis();
    Set<String> polled = new HashSet<>();
    health.at(now).nodes().forEach(node -> polled.addAll(node.clusters()));
    board.polled(polled, now);
  }

  private void storeStands(StoreState news) {
    health.storeStands(news, clock.millis());
    refresh();
  }

  private void confStands(ConfState news) {
    health.confStands(news, clock.millis());
    refresh();
  }

  private void storeAnswered(boolean answered) {
    if (answered) {
      health.storeHeard();
    } else {
      health.storeSilent();
      loadRows();
    }
    refresh();
  }

  /** Asks the store for the last pictures until it answers; one question at a time. */
  private void loadRows() {
    if (askingLatest || stopped) {
      return;
    }
    askingLatest = true;
    Addresses.LATEST
        .ask(vertx, new LatestQuery(), LATEST_TIMEOUT)
        .onComplete(
            answer -> {
              askingLatest = false;
              takeAll(answer);
            },
            cause -> {
              health.storeSilent();
              refresh();
              vertx.setTimer(
                  LATEST_RETRY.toMillis(),
                  again -> {
                    askingLatest = false;
                    loadRows();
                  });
            });
  }

  private void takeAll(LatestAnswer answer) {
    answer.summaries().forEach(summary -> board.take(summary, clock.millis()));
    newsHeard = true;
    storeAnswered(true);
    if (!rehearsed && !stopped) {
      rehearsed = true;
      browsers.rehearse();
    }
  }

  /** Rows also change by the clock alone. */
  private void tick() {
    if (!stopped) {
      lookWhoPolls();
      refresh();
      vertx.setTimer(TICK.toMillis(), again -> tick());
    }
  }

  private void refresh() {
    if (stopped) {
      return;
    }
    long now = clock.millis();
    for (ClusterSummary row : board.changes(now)) {
      browsers.pushRow(row.cluster(), row, now);
    }
    Overview overview = new Overview(config.title(), board.overview(now), health.at(now), people);
    if (!overview.equals(shown)) {
      shown = overview;
      browsers.pushOverview(overview, now);
    }
    browsers.health(newsHeard, overview.mesh().status().name());
  }
}
