package org.qstatmesh.poller;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.qstatmesh.bus.ClusterConfig;
import org.qstatmesh.bus.MeshCodec;
import org.qstatmesh.bus.ProbeAddress;
import org.qstatmesh.bus.SshConfig;

/** A real Vert.x with a poller in it. */
final class PollerRig {
  static final String NODE = "node-a";

  static final PollerTimings QUICK =
      new PollerTimings(
          Duration.ofMillis(200),
          Duration.ofMillis(500),
          Duration.ofMillis(20),
          Duration.ofMillis(300),
          Duration.ofMillis(300),
          Duration.ofMinutes(15),
          Duration.ofMillis(1));

  final Vertx vertx = Vertx.vertx();
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final BusEars ears;
  private String deployment;

  PollerRig() {
    MeshCodec.install(vertx);
    ears = new BusEars(vertx);
  }

  PollerRig deploy(ClusterConfig... clusters) throws Exception {
    return deploy(QUICK, clusters);
  }

  PollerRig deploy(PollerTimings timings, ClusterConfig... clusters) throws Exception {
    return deploy(timings, new PollerConfig(NODE, List.of(clusters)));
  }

  PollerRig deploy(PollerTimings timings, PollerConfig config) throws Exception {
    PollerVerticle verticle = new PollerVerticle(config, meters, timings, Clock.systemUTC());
    deployment =
        vertx
            .deployVerticle(verticle)
            .toCompletionStage()
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);
    return this;
  }

  /** Begins to stop the one that was deployed last. */
  Future<Void> undeploying() {
    return vertx.undeploy(deployment);
  }

  void undeploy() throws Exception {
    undeploying().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  double count(String meter, String... tags) {
    return meters.find(meter).tags(tags).counters().stream().mapToDouble(c -> c.count()).sum();
  }

  /** Polled each 200 ms; long enough a deadline for JeroMQ to mend a connect that it loses. */
  static ClusterConfig direct(String cluster, ProbeAddress probe) {
    return direct(cluster, probe, Duration.ofSeconds(6));
  }

  static ClusterConfig direct(String cluster, ProbeAddress probe, Duration deadline) {
    return config(cluster, probe, deadline, 1 << 20, null);
  }

  /** May answer with many megabytes. */
  static ClusterConfig large(String cluster, ProbeAddress probe) {
    return config(cluster, probe, Duration.ofSeconds(6), 64 << 20, null);
  }

  static ClusterConfig behindSsh(String cluster, Duration deadline) {
    SshConfig ssh =
        new SshConfig(
            "login." + cluster, 22, "qstat", Path.of("key"), null, Path.of("known_hosts"), null);
    return config(cluster, new ProbeAddress("127.0.0.1", 7621), deadline, 1 << 20, ssh);
  }

  static ClusterConfig config(
      String cluster, ProbeAddress probe, Duration deadline, int maxReplyBytes, SshConfig ssh) {
    return new ClusterConfig(
        cluster, "The " + cluster, 0, probe, Duration.ofMillis(200), deadline, maxReplyBytes, ssh);
  }

  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(15, TimeUnit.SECONDS);
  }
}
