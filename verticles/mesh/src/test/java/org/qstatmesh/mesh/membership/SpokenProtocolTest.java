package org.qstatmesh.mesh.membership;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.qstatmesh.bus.Addresses;
import org.qstatmesh.bus.MeshCodec;
import org.qstatmesh.bus.SnapshotStored;
import org.qstatmesh.mesh.config.NodeConfig;
import org.slf4j.LoggerFactory;

/** Nodes of two releases in one mesh. */
@Timeout(120)
class SpokenProtocolTest {
  private final BlockingQueue<String> said = new LinkedBlockingQueue<>();
  private final Logger log = (Logger) LoggerFactory.getLogger(SpokenProtocol.class);
  private final AppenderBase<ILoggingEvent> ear =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          said.add(event.getFormattedMessage());
        }
      };
  private final List<Vertx> nodes = new ArrayList<>();
  private int firstPort;

  @BeforeEach
  void listen() {
    ear.start();
    log.setLevel(Level.INFO);
    log.addAppender(ear);
  }

  @AfterEach
  void close() throws Exception {
    log.detachAppender(ear);
    log.setLevel(null);
    for (Vertx node : nodes) {
      await(node.close());
    }
  }

  private Vertx node(int protocol, int port) throws Exception {
    NodeConfig config =
        new NodeConfig(
            null,
            List.of(),
            "127.0.0.1",
            port,
            freePort(),
            List.of("127.0.0.1:" + firstPort),
            "spoken-" + firstPort,
            null);
    Vertx node = await(MeshBus.join(Vertx.builder(), new VertxOptions(), config, protocol));
    nodes.add(node);
    MeshCodec.install(node);
    return node;
  }

  @Test
  void bothSidesNameTheOtherAndExchangeNothing() throws Exception {
    firstPort = freePort();
    int newerPort = freePort();
    Vertx older = node(1, firstPort);
    Vertx newer = node(2, newerPort);
    List<String> lines = List.of(next(), next());
    assertSaid(lines, newerPort, "speaks protocol 2 of the mesh, this one 1: they exchange no");
    assertSaid(lines, firstPort, "speaks protocol 1 of the mesh, this one 2: they exchange no");

    Vertx alike = node(1, freePort());
    assertSaid(List.of(next(), next()), newerPort, "speaks protocol 2");
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    await(
        Addresses.SNAPSHOT_STORED
            .subscribe(newer, message -> heard.add("newer heard " + message.snapshotId()))
            .ready());
    await(
        Addresses.SNAPSHOT_STORED
            .subscribe(alike, message -> heard.add("alike heard " + message.snapshotId()))
            .ready());
    // What is published before the subscription is known there goes nowhere.
    String first = null;
    while (first == null) {
      Addresses.SNAPSHOT_STORED.publish(older, new SnapshotStored("hpc1", "a"));
      first = heard.poll(100, TimeUnit.MILLISECONDS);
    }
    for (int i = 0; i < 20; i++) {
      Addresses.SNAPSHOT_STORED.publish(older, new SnapshotStored("hpc1", "a"));
    }
    for (int i = 0; i < 20; i++) {
      assertEquals("alike heard a", first);
      first = heard.poll(10, TimeUnit.SECONDS);
    }
    assertEquals("alike heard a", first);

    await(newer.close());
    nodes.remove(newer);
    assertTrue(next().contains("of another protocol, is gone"));
    assertTrue(next().contains("of another protocol, is gone"));
    assertEquals(0, said.size(), "one line of each for each change");
  }

  private static void assertSaid(List<String> lines, int port, String words) {
    assertTrue(
        lines.stream().anyMatch(line -> line.contains(":" + port + " ") && line.contains(words)),
        () -> words + " of " + port + " is not among " + lines);
  }

  private String next() throws InterruptedException {
    String line = said.poll(20, TimeUnit.SECONDS);
    assertTrue(line != null, "nothing was said");
    return line;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }
}
