package org.qstatmesh.broadcast;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.SocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.qstatmesh.broadcast.browser.Browser;
import org.qstatmesh.bus.ClusterConfig;
import org.qstatmesh.bus.MeshCodec;

/** A mesh of one node that runs this stage only, and a Vert.x for its browsers. */
final class Mesh {
  final Vertx vertx = Vertx.vertx();
  final Vertx clients = Vertx.vertx();
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private String deployment;
  private SocketAddress address;

  Mesh() {
    MeshCodec.install(vertx);
  }

  void deploy(ClusterConfig... clusters) {
    AtomicReference<SocketAddress> bound = new AtomicReference<>();
    BroadcastConfig config = config("127.0.0.1", 0, clusters);
    deployment = await(vertx.deployVerticle(new BroadcastVerticle(config, meters, bound::set)));
    address = bound.get();
    if (address == null) {
      throw new AssertionError("the port is told before start succeeds");
    }
  }

  static BroadcastConfig config(String host, int port, ClusterConfig... clusters) {
    return new BroadcastConfig("n1", List.of(clusters), host, port, false, "Our lab", List.of());
  }

  String deployment() {
    return deployment;
  }

  int port() {
    return address.port();
  }

  Browser browser() throws Exception {
    return new Browser(clients, port());
  }

  static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }

  void close() {
    await(vertx.close());
    await(clients.close());
  }
}
