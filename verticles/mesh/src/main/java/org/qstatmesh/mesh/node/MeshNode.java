package org.qstatmesh.mesh.node;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.qstatmesh.bus.BusWatch;
import org.qstatmesh.bus.ClusterConfig;
import org.qstatmesh.bus.MeshCodec;
import org.qstatmesh.mesh.config.ConfDirectory;
import org.qstatmesh.mesh.config.ConfException;
import org.qstatmesh.mesh.config.MeshConfig;
import org.qstatmesh.mesh.figures.BusLatency;
import org.qstatmesh.mesh.figures.FiguresVerticle;
import org.qstatmesh.mesh.ops.OpsClient;
import org.qstatmesh.mesh.ops.OpsServer;
import org.qstatmesh.mesh.ops.OpsToken;
import org.qstatmesh.mesh.supervise.Backoff;
import org.qstatmesh.mesh.supervise.ConfWatcher;
import org.qstatmesh.mesh.supervise.MeshStages;
import org.qstatmesh.mesh.supervise.Stage;
import org.qstatmesh.mesh.supervise.Supervisor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running node of the mesh. Start and close block their caller, so never call them on an event
 * loop.
 */
public final class MeshNode implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MeshNode.class);
  private static final Duration START_DEADLINE = Duration.ofSeconds(60);
  private static final Duration STOP_DEADLINE = Duration.ofSeconds(9);
  private static final Duration WATCH_PERIOD = Duration.ofSeconds(2);

  private final Vertx vertx;
  private final DataDirectory data;
  private final String name;
  private final AtomicReference<SocketAddress> page = new AtomicReference<>();
  private Supervisor supervisor;
  private ConfWatcher watcher;
  private OpsServer ops;

  private MeshNode(Vertx vertx, DataDirectory data, String name) {
    this.vertx = vertx;
    this.data = data;
    this.name = name;
  }

  /**
   * Starts a node and waits until each of its stages was tried once.
   *
   * @throws StartException when the configuration is wrong (nothing was connected then) or a port
   *     is taken
   */
  public static MeshNode start(NodeOptions options) throws StartException {
    PrometheusMeterRegistry meters = Meters.registry();
    Vertx vertx = Meters.builder(meters).with(Meters.options()).build();
    MeshNode node = null;
    try {
      MeshConfig config = configuration(new ConfDirectory(vertx, options.conf()), options.roles());
      if (options.clustered()) {
        vertx = Joining.joined(vertx, config.node(), meters, START_DEADLINE);
      }
      node = new MeshNode(vertx, DataDirectory.open(options.data()), nameOf(config));
      warnOfSilentHooks(config, options.roles());
      node.begin(new ConfDirectory(vertx, options.conf()), config, options.roles(), meters);
      return node;
    } catch (StartException e) {
      if (node != null) {
        node.close();
      } else {
        vertx.close().onFailure(cause -> LOG.debug("did not close cleanly", cause));
      }
      throw e;
    }
  }

  /** Receivers that no node tells look like a mesh where nothing ever happens. */
  private static void warnOfSilentHooks(MeshConfig config, Set<Stage> roles) {
    if (!config.hooks().isEmpty() && !roles.contains(Stage.NOTIFY)) {
      LOG.warn(
          "notify.hooks has {} receiver(s), and this node does not tell them: its --roles lack"
              + " notify; another node of the mesh must have it",
          config.hooks().size());
    }
  }

  /** What other nodes know it by. */
  public String name() {
    return name;
  }

  /** URL of the page; null when this node does not serve it. */
  public String pageUrl() {
    SocketAddress address = page.get();
    return address == null ? null : url(address.host(), address.port());
  }

  /** URL of the operators' port. */
  public String opsUrl() {
    return url(supervisor.config().ops().host(), ops.port());
  }

  static String url(String host, int port) {
    boolean bareIpv6 = host.contains(":") && !host.startsWith("[");
    return "http://" + (bareIpv6 ? "[" + host + "]" : host) + ":" + port + "/";
  }

  private static MeshConfig configuration(ConfDirectory conf, Set<Stage> roles)
      throws StartException {
    try {
      MeshConfig config = await(conf.load(), START_DEADLINE);
      boolean ssh = config.clusters().stream().map(ClusterConfig::ssh).anyMatch(way -> way != null);
      if (ssh && roles.contains(Stage.POLLER) && !roles.contains(Stage.TUNNEL)) {
        throw new StartException(
            StartException.CONFIGURATION,
            "a cluster is reached by ssh: role poller needs role tunnel on the same node");
      }
      return config;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ConfException problems) {
        throw new StartException(StartException.CONFIGURATION, problems.getMessage(), problems);
      }
      throw new StartException(StartException.CONFIGURATION, e.getCause().toString(), e);
    }
  }

  private void begin(
      ConfDirectory conf, MeshConfig config, Set<Stage> roles, PrometheusMeterRegistry meters)
      throws StartException {
    MeshCodec.install(vertx);
    BusWatch watch = BusWatch.install(vertx, new BusLatency(meters));
    Stages stages = new Stages(name, data.path(), vertx.isClustered(), meters, page::set);
    supervisor = new Supervisor(vertx, config, roles, stages, Backoff.USUAL);
    MeshStages all = new MeshStages(vertx, name, supervisor);
    openOps(config.ops(), all, meters, watch);
    vertx
        .deployVerticle(
            new FiguresVerticle(
                name,
                MeshNode.class.getPackage().getImplementationVersion(),
                meters,
                supervisor::reports))
        .onFailure(cause -> LOG.error("this node's figures are not told: {}", cause.toString()));
    try {
      await(all.serve(), START_DEADLINE);
      List<Throwable> failed = await(supervisor.start(), START_DEADLINE);
      for (Throwable cause : failed) {
        refuseHopeless(cause, config.web());
      }
      watcher = new ConfWatcher(vertx, name, conf, supervisor, WATCH_PERIOD);
      watcher.start();
    } catch (ExecutionException e) {
      throw new StartException(StartException.UNAVAILABLE, e.getCause().toString(), e);
    }
  }

  /** Most failures heal, and the stage is tried again; these two need a person. */
  private static void refuseHopeless(Throwable cause, MeshConfig.Web web) throws StartException {
    if (cause instanceof BindException) {
      throw new StartException(
          StartException.UNAVAILABLE,
          "the page cannot listen on %s:%d: %s"
              .formatted(web.host(), web.port(), cause.getMessage()),
          cause);
    }
    if (cause instanceof IllegalArgumentException) {
      throw new StartException(StartException.CONFIGURATION, cause.getMessage(), cause);
    }
  }

  private void openOps(
      MeshConfig.Ops where, MeshStages all, PrometheusMeterRegistry meters, BusWatch watch)
      throws StartException {
    try {
      OpsToken token = OpsToken.ofServer(data.path());
      ops =
          await(
              OpsServer.listen(
                  vertx, where.host(), where.port(), token, supervisor, all, meters, watch),
              START_DEADLINE);
      Files.writeString(data.path().resolve(OpsClient.URL_FILE), opsUrl() + "\n");
    } catch (ExecutionException e) {
      throw new StartException(
          StartException.UNAVAILABLE,
          "the operators' port cannot listen on %s:%d: %s"
              .formatted(where.host(), where.port(), e.getCause().getMessage()),
          e);
    } catch (IOException e) {
      throw new StartException(
          StartException.CONFIGURATION, "the data directory cannot be written: " + e, e);
    }
  }

  /** Stops the stages, producers first, so that everything taken is flushed; gives up after 9 s. */
  @Override
  public void close() {
    if (watcher != null) {
      watcher.stop();
    }
    try {
      Future<Void> stopped = supervisor == null ? Future.succeededFuture() : supervisor.stop();
      await(stopped.eventually(vertx::close), STOP_DEADLINE);
      data.close();
    } catch (ExecutionException | StartException | IOException e) {
      LOG.error("did not stop cleanly: {}", e.toString());
    }
  }

  /**
   * The host's name and the operators' port: the same after a restart, different for two nodes of
   * one host.
   */
  private static String nameOf(MeshConfig config) {
    if (config.node().name() != null) {
      return config.node().name();
    }
    String host;
    try {
      host = Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException e) {
      host = "node";
    }
    return host + "-" + config.ops().port();
  }

  static <T> T await(Future<T> future, Duration deadline)
      throws ExecutionException, StartException {
    try {
      return future
          .toCompletionStage()
          .toCompletableFuture()
          .get(deadline.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartException(StartException.UNAVAILABLE, "interrupted", e);
    } catch (TimeoutException e) {
      throw new StartException(
          StartException.UNAVAILABLE, "not done within " + deadline.toSeconds() + " s", e);
    }
  }
}
