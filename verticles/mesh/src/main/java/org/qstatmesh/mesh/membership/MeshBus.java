package org.qstatmesh.mesh.membership;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.time.Duration;
import org.qstatmesh.bus.MeshCodec;
import org.qstatmesh.mesh.config.NodeConfig;

/** Makes a Vert.x whose mesh bus reaches the other nodes. */
public final class MeshBus {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
  private static final Duration PING = Duration.ofSeconds(5);

  private MeshBus() {}

  /**
   * Joins; fails when a port is taken or a certificate cannot be read.
   *
   * @param builder has all but the options
   * @param options gets the bus's
   * @param node one that {@link NodeConfig#refusal} finds nothing wrong with
   */
  public static Future<Vertx> join(VertxBuilder builder, VertxOptions options, NodeConfig node) {
    return join(builder, options, node, MeshCodec.PROTOCOL);
  }

  /** The same for a node of any release. */
  static Future<Vertx> join(
      VertxBuilder builder, VertxOptions options, NodeConfig node, int protocol) {
    // Read before its configuration is; else it writes to standard error past our logs.
    System.setProperty("hazelcast.logging.type", "slf4j");
    return builder
        .with(options.setEventBusOptions(bus(node)))
        .withClusterManager(
            new WatchedMembership(
                new HazelcastClusterManager(MemberSettings.of(node, protocol)),
                new SpokenProtocol(protocol)))
        .buildClustered();
  }

  private static EventBusOptions bus(NodeConfig node) {
    EventBusOptions bus =
        new EventBusOptions()
            .setHost(node.host())
            .setPort(node.busPort())
            .setConnectTimeout(Math.toIntExact(CONNECT_TIMEOUT.toMillis()))
            .setClusterPingInterval(PING.toMillis())
            .setClusterPingReplyInterval(PING.toMillis());
    NodeConfig.Tls tls = node.tls();
    if (tls != null) {
      bus.setSsl(true)
          .setClientAuth(ClientAuth.REQUIRED)
          .setKeyCertOptions(
              new PemKeyCertOptions()
                  .setKeyPath(tls.keyFile().toString())
                  .setCertPath(tls.certificateFile().toString()))
          .setTrustOptions(new PemTrustOptions().addCertPath(tls.authorityFile().toString()));
    }
    return bus;
  }
}
