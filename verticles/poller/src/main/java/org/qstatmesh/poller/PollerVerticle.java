package org.qstatmesh.poller;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.qstatmesh.bus.Addresses;
import org.qstatmesh.bus.ClusterConfig;
import org.qstatmesh.bus.PollerAlive;
import org.qstatmesh.bus.SnapshotStored;
import org.qstatmesh.bus.StageDied;
import org.qstatmesh.bus.Subscription;
import org.qstatmesh.bus.TunnelState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stage that asks the probes: polls each configured cluster, publishes a summary or a failure,
 * keeps the newest snapshot and answers questions about it. See the package for addresses and
 * threads.
 *
 * <p>{@code start} completes when the questions of all clusters can be asked, in a mesh of several
 * nodes those of its share; {@code stop} within 5 s, when the store has named the last summaries,
 * for which it waits two seconds at most, and the sockets are closed. If an owner thread ends or
 * hangs, {@code mesh.stage.died} is published once.
 */
public final class PollerVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(PollerVerticle.class);

  private static final Duration STOP_WITHIN = Duration.ofSeconds(5);

  /**
   * An owner thread goes round every two seconds at least; parsing and questions are not its work.
   */
  private static final Duration OWNER_HANGS_AFTER = Duration.ofSeconds(15);

  private static final int CONNECT_MILLIS = 2_000;
  private static final int PARSERS = 2;
  private static final int QUESTION_WORKERS = 2;

  /** Clusters whose past is asked for at once, so that a mesh that was away is not run over. */
  private static final int BACKFILLS = 4;

  private final PollerConfig config;
  private final MeterRegistry meters;
  private final PollerTimings timings;
  private final Clock clock;

  private StageGauges gauges;
  private Links links;
  private Unstored unstored;
  private PolledClusters clusters;
  private PollerShare share;
  private List<ClusterConfig> configured;
  private Promise<Void> allStored;
  private boolean stopping;
  private boolean died;

  /** A poller of {@code config}'s clusters that counts what it does in {@code meters}. */
  public PollerVerticle(PollerConfig config, MeterRegistry meters) {
    this(config, meters, PollerTimings.STANDARD, Clock.systemUTC());
  }

  PollerVerticle(PollerConfig config, MeterRegistry meters, PollerTimings timings, Clock clock) {
    this.config = config;
    this.meters = meters;
    this.timings = timings;
    this.clock = clock;
  }

  @Override
  public Future<?> start() {
    gauges = new StageGauges(meters);
    unstored = new Unstored(timings, System::nanoTime, meters, gauges);
    links = new Links(context, this::died);
    gauges.show(
        "qstatmesh.poller.commands.waiting",
        "commands that wait for an owner thread",
        links,
        Links::commandsWaiting);
    clusters = clusters();
    clusters.people(config.people());
    configured = config.clusters();
    share =
        new PollerShare(
            config.node(),
            config.labels(),
            config.clustered() ? timings.listen() : Duration.ZERO,
            System::nanoTime,
            clock.millis());
    List<Subscription> subscriptions =
        List.of(
            Addresses.CLUSTERS_CONFIGURED.subscribe(vertx, news -> reconfigure(news.clusters())),
            Addresses.POLLER_ALIVE.subscribe(vertx, this::heard),
            Addresses.PEOPLE_CONFIGURED.subscribe(
                vertx, configured -> clusters.people(configured.people())),
            Addresses.TUNNEL_STATE.subscribe(vertx, this::tunnelChanged),
            Addresses.SNAPSHOT_STORED.subscribe(vertx, this::stored));
    Future<Void> first = config.clustered() ? Future.succeededFuture() : takeShare();
    repeat();
    return Future.all(subscriptions.stream().map(Subscription::ready).toList())
        .compose(subscribed -> first)
        .compose(taken -> config.clustered() ? listenFirst() : Future.succeededFuture());
  }

  /** Then the first share is taken, at once. */
  private Future<Void> listenFirst() {
    share.listens();
    Promise<Void> listened = Promise.promise();
    vertx.setTimer(timings.listen().toMillis() + 1, timer -> listened.complete());
    return listened.future().compose(done -> takeShare()).onSuccess(taken -> announce());
  }

  @Override
  public Future<?> stop() {
    Promise<Void> stopped = Promise.promise();
    long guard =
        vertx.setTimer(
            STOP_WITHIN.toMillis(),
            id -> {
              LOG.error("the sockets did not close within {}: left behind", STOP_WITHIN);
              stopped.tryComplete();
            });
    stopping = true;
    gauges.close();
    Addresses.POLLER_ALIVE.publish(vertx, share.farewell());
    Future.join(clusters.stop(), links.stop(), drained())
        .onComplete(closed -> stopped.tryComplete());
    return stopped.future().onComplete(done -> vertx.cancelTimer(guard));
  }

  /** What was seen last is not known to be kept until the store says so. */
  private Future<Void> drained() {
    if (unstored.size() == 0) {
      return Future.succeededFuture();
    }
    allStored = Promise.promise();
    return allStored
        .future()
        .timeout(timings.drain().toMillis(), TimeUnit.MILLISECONDS)
        .onFailure(
            late -> LOG.info("{} summaries are not known to be stored yet", unstored.size()));
  }

  private PolledClusters clusters() {
    WorkerExecutor parsers = vertx.createSharedWorkerExecutor("poller-parse", PARSERS);
    WorkerExecutor questions =
        vertx.createSharedWorkerExecutor("poller-question", QUESTION_WORKERS);
    NetClient connections =
        vertx.createNetClient(new NetClientOptions().setConnectTimeout(CONNECT_MILLIS));
    return new PolledClusters(
        new ClusterPoller.Shared(
            vertx,
            clock,
            timings,
            parsers,
            unstored,
            new Backfilling.Shared(
                vertx, clock, timings, parsers, new LastStored(vertx), new Turns(BACKFILLS))),
        new ProbeLink.Shared(vertx, clock, links, parsers),
        connections,
        new QueryWork(questions, meters, gauges),
        meters);
  }

  private void reconfigure(List<ClusterConfig> clustersNow) {
    configured = clustersNow;
    reshare();
  }

  private void heard(PollerAlive beat) {
    share.heard(beat);
    if (beat.leaving()) {
      reshare();
    }
  }

  private void reshare() {
    takeShare().onFailure(cause -> LOG.error("taking up clusters failed", cause));
  }

  private Future<Void> takeShare() {
    return stopping
        ? Future.succeededFuture()
        : clusters.configured(share.of(configured, clusters.ids()));
  }

  private void stored(SnapshotStored stored) {
    unstored.stored(stored);
    clusters.stored(stored);
    if (allStored != null && unstored.size() == 0) {
      allStored.tryComplete();
    }
  }

  private void tunnelChanged(TunnelState state) {
    if (config.node().equals(state.node())) {
      clusters.tunnelChanged(state);
    }
  }

  /**
   * Takes this poller's share, says that it lives, publishes again what nobody stored, looks after
   * the owner.
   */
  private void repeat() {
    if (stopping) {
      return;
    }
    reshare();
    announce();
    unstored.resendDue(taken -> Addresses.SNAPSHOT_TAKEN.publish(vertx, taken));
    if (links.nanosSinceLastTurn() > OWNER_HANGS_AFTER.toNanos()) {
      died("an owner thread of the probes' connections hangs");
    }
    vertx.setTimer(timings.alive().toMillis(), id -> repeat());
  }

  private void announce() {
    Addresses.POLLER_ALIVE.publish(vertx, share.announcement(clusters.ids()));
  }

  private void died(String why) {
    if (!died) {
      died = true;
      Addresses.STAGE_DIED.publish(vertx, new StageDied("poller", why));
    }
  }
}
