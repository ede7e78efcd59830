package org.qstatmesh.tunnel;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.qstatmesh.bus.Addresses;
import org.qstatmesh.bus.ClusterConfig;
import org.qstatmesh.bus.ClustersConfigured;
import org.qstatmesh.bus.Printable;
import org.qstatmesh.bus.QueryFailure;
import org.qstatmesh.bus.StageDied;
import org.qstatmesh.bus.Subscription;
import org.qstatmesh.bus.TunnelState;
import org.qstatmesh.bus.TunnelWanted;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tunnel stage: one way to each cluster's probe that is asked for. A tunnel is made when the
 * poller of this node first asks for it and kept until its cluster leaves the configuration or
 * nobody has used it for ten minutes: a login node sees one ssh connection of each mesh node that
 * polls it.
 */
public final class TunnelVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(TunnelVerticle.class);
  private static final String STAGE = "tunnel";
  private static final Duration TICK = Duration.ofSeconds(1);
  private static final Duration REPEAT = Duration.ofSeconds(10);
  private static final Duration STOP_DEADLINE = Duration.ofMillis(4_500);

  private final TunnelConfig config;
  private final MeterRegistry registry;
  private final LongSupplier nanoTime;
  private final Map<String, ClusterConfig> clusters = new LinkedHashMap<>();
  private final Map<String, Way> ways = new HashMap<>();
  private TunnelContext shared;
  private boolean stopping;

  /** The stage with its configuration; {@code meters} takes what it counts. */
  public TunnelVerticle(TunnelConfig config, MeterRegistry meters) {
    this(config, meters, System::nanoTime);
  }

  /** With a clock that a test can move. */
  TunnelVerticle(TunnelConfig config, MeterRegistry meters, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.config = config;
    this.registry = meters;
  }

  @Override
  public Future<?> start() {
    shared =
        new TunnelContext(
            vertx,
            context,
            config.node(),
            new SshWorkers(vertx, context),
            new TunnelMeters(registry),
            Clock.systemUTC(),
            nanoTime,
            state -> Addresses.TUNNEL_STATE.publish(vertx, state),
            this::died);
    configured(new ClustersConfigured(config.clusters()));
    Subscription changes = Addresses.CLUSTERS_CONFIGURED.subscribe(vertx, this::configured);
    Subscription questions = Addresses.TUNNEL_OPEN.serve(vertx, this::open);
    vertx.setPeriodic(TICK.toMillis(), id -> tick());
    vertx.setPeriodic(REPEAT.toMillis(), id -> repeat());
    return Future.all(changes.ready(), questions.ready());
  }

  private void died(Throwable cause) {
    LOG.error("a thread of the tunnel stage ended", cause);
    Addresses.STAGE_DIED.publish(vertx, new StageDied(STAGE, Printable.escape(cause.toString())));
  }

  private void tick() {
    for (String id : List.copyOf(ways.keySet())) {
      Way way = ways.get(id);
      way.tick();
      if (way.isIdle()) {
        close(id);
      }
    }
  }

  private void close(String id) {
    ways.remove(id).close().onFailure(cause -> LOG.debug("closing {} late", id, cause));
  }

  private void repeat() {
    for (Way way : ways.values()) {
      Addresses.TUNNEL_STATE.publish(vertx, way.state());
    }
  }

  private Future<TunnelState> open(TunnelWanted wanted) {
    if (stopping) {
      // Vert.x goes on delivering until stop has ended: what were made now would be left behind.
      return Future.failedFuture(
          new QueryFailure(QueryFailure.UNAVAILABLE, "the tunnel stage is stopping"));
    }
    ClusterConfig cluster = clusters.get(wanted.cluster());
    if (cluster == null) {
      return Future.failedFuture(
          new QueryFailure(
              QueryFailure.NOT_FOUND, "no cluster " + Printable.escape(wanted.cluster())));
    }
    try {
      Way way = ways.get(cluster.cluster());
      if (way == null) {
        way = newWay(cluster);
        ways.put(cluster.cluster(), way);
      }
      way.asked();
      return Future.succeededFuture(way.state());
    } catch (IOException e) {
      return Future.failedFuture(
          new QueryFailure(QueryFailure.UNAVAILABLE, "no loopback port: " + e.getMessage()));
    }
  }

  private Way newWay(ClusterConfig cluster) throws IOException {
    return cluster.ssh() == null ? new DirectWay(shared, cluster) : new Tunnel(shared, cluster);
  }

  private void configured(ClustersConfigured configured) {
    clusters.clear();
    for (ClusterConfig cluster : configured.clusters()) {
      clusters.put(cluster.cluster(), cluster);
    }
    for (String id : List.copyOf(ways.keySet())) {
      ClusterConfig cluster = clusters.get(id);
      Way way = ways.get(id);
      if (cluster == null || !way.takes(cluster)) {
        close(id);
        if (cluster != null) {
          reopen(cluster);
        }
      }
    }
  }

  private void reopen(ClusterConfig cluster) {
    try {
      ways.put(cluster.cluster(), newWay(cluster));
    } catch (IOException e) {
      LOG.warn("{}: no loopback port: {}", cluster.cluster(), e.getMessage());
    }
  }

  @Override
  public Future<?> stop() {
    stopping = true;
    List<Future<Void>> closings = new ArrayList<>();
    ways.values().forEach(way -> closings.add(way.close()));
    ways.clear();
    shared.workers().shutdown();
    shared.meters().close();
    Promise<Void> stopped = Promise.promise();
    Future.join(closings).onComplete(result -> stopped.tryComplete());
    vertx.setTimer(STOP_DEADLINE.toMillis(), id -> stopped.tryComplete());
    return stopped.future();
  }
}
