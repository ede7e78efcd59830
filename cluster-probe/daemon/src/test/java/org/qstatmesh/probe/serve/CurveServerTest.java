package org.qstatmesh.probe.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.probe.FakeCommands;
import org.qstatmesh.probe.ProbeConfig;
import org.qstatmesh.probe.ProbeServer;
import org.qstatmesh.probe.drms.DrmsChoice;
import org.qstatmesh.probe.policy.ProbePolicy;
import org.qstatmesh.wire.ProbeReply;
import org.qstatmesh.wire.ProbeRequest;
import org.zeromq.ZMQ;

/** Who gets in where keys are asked for. */
@Timeout(60)
class CurveServerTest {
  private static final int HEARTBEAT_MILLIS = 50;
  private static final int NOTHING_AFTER_MILLIS = 1_500;

  private final ZMQ.Curve.KeyPair probe = ZMQ.Curve.generateKeyPair();
  private final ZMQ.Curve.KeyPair mesh = ZMQ.Curve.generateKeyPair();

  @TempDir Path folder;
  private ProbeServer server;

  @BeforeEach
  void serve() throws Exception {
    new FakeCommands(folder).torque("0");
    CurveKeys keys = CurveKeys.read(CurveFiles.write(folder.resolve("k"), probe, mesh.publicKey));
    server =
        ProbeServer.start(
            new ProbeConfig(
                "tcp://127.0.0.1:*",
                DrmsChoice.AUTO,
                folder,
                Duration.ofSeconds(30),
                Duration.ofSeconds(60),
                false,
                keys,
                ProbePolicy.none()));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aListedClientIsServedAndItsHeartbeatsToo() throws Exception {
    try (ProbeClient client = new ProbeClient(server.endpoint(), this::asMesh)) {
      ProbeReply.OfSnapshot taken =
          assertInstanceOf(
              ProbeReply.OfSnapshot.class, client.ask(ProbeRequest.snapshot("1", null)));
      assertEquals("alice", taken.snapshot().jobs().get(0).jobOwner());
      assertNull(
          client.received(Duration.ofMillis(10L * HEARTBEAT_MILLIS)), "a heartbeat's answer");
      assertInstanceOf(ProbeReply.OfHello.class, client.ask(ProbeRequest.hello("2")));
    }
  }

  /** A frame in its box is longer than what the asker wrote. */
  @Test
  void aListedClientMayAskAsLongAQuestionAsAnybody() throws Exception {
    try (ProbeClient client = new ProbeClient(server.endpoint(), this::asMesh)) {
      client.send("x".repeat(RouterSocket.MAX_FRAME_BYTES));
      ProbeReply.Failed failed = assertInstanceOf(ProbeReply.Failed.class, client.receive());
      assertEquals("PROBE_PROTOCOL", failed.error().code());
    }
  }

  @Test
  void anUnlistedClientGetsNothing() throws Exception {
    ZMQ.Curve.KeyPair stranger = ZMQ.Curve.generateKeyPair();
    assertGetsNothing(socket -> keys(socket, stranger, probe.publicKey));
    assertServed();
  }

  @Test
  void aClientWithoutKeysGetsNothing() throws Exception {
    assertGetsNothing(socket -> {});
    assertServed();
  }

  @Test
  void aClientThatExpectsAnotherProbeTellsItNothing() throws Exception {
    assertGetsNothing(socket -> keys(socket, mesh, ZMQ.Curve.generateKeyPair().publicKey));
    assertServed();
  }

  @Test
  void junkInsteadOfAHandshakeStopsNobodyElse() throws Exception {
    Random random = new Random(7);
    for (int length : new int[] {1, 40, 200, 257, 2_000, 8_000}) {
      byte[] body = new byte[length];
      random.nextBytes(body);
      sendCommand(body);
      byte[] hello = new byte[200];
      random.nextBytes(hello);
      System.arraycopy("\5HELLO\1\0".getBytes(StandardCharsets.US_ASCII), 0, hello, 0, 8);
      sendCommand(hello);
      assertServed();
    }
  }

  @Test
  void endsWithoutAThreadLeftOver() throws Exception {
    long before = zeroMqThreads();
    for (int i = 0; i < 5; i++) {
      assertServed();
    }
    server.close();
    assertTrue(server.ended().isDone());
    assertTrue(zeroMqThreads() < before, "its threads are still there");
  }

  private static long zeroMqThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.equals("probe-socket") || name.startsWith("iothread"))
        .count();
  }

  private void assertServed() throws Exception {
    try (ProbeClient client = new ProbeClient(server.endpoint(), this::asMesh)) {
      assertInstanceOf(ProbeReply.OfHello.class, client.ask(ProbeRequest.hello("1")));
    }
  }

  private void assertGetsNothing(ProbeClient.Setting setting) {
    try (ProbeClient client = new ProbeClient(server.endpoint(), setting)) {
      client.send(ProbeRequest.hello("1"));
      assertNull(client.received(Duration.ofMillis(NOTHING_AFTER_MILLIS)), "it got an answer");
    }
  }

  private void asMesh(ZMQ.Socket socket) {
    keys(socket, mesh, probe.publicKey);
    socket.setHeartbeatIvl(HEARTBEAT_MILLIS);
    socket.setHeartbeatTimeout(HEARTBEAT_MILLIS * 20);
  }

  private static void keys(ZMQ.Socket socket, ZMQ.Curve.KeyPair own, String serverKey) {
    socket.setCurvePublicKey(own.publicKey.getBytes(StandardCharsets.US_ASCII));
    socket.setCurveSecretKey(own.secretKey.getBytes(StandardCharsets.US_ASCII));
    socket.setCurveServerKey(serverKey.getBytes(StandardCharsets.US_ASCII));
  }

  /** A peer that greets as one with keys and then sends this as its first command. */
  private void sendCommand(byte[] body) throws IOException {
    URI endpoint = URI.create(server.endpoint());
    try (Socket socket = new Socket(endpoint.getHost(), endpoint.getPort())) {
      ByteBuffer greeting = ByteBuffer.allocate(64);
      greeting.put((byte) 0xff).putLong(0).put((byte) 0x7f).put((byte) 3).put((byte) 0);
      greeting.put("CURVE".getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().write(greeting.array());
      ByteBuffer frame = ByteBuffer.allocate(9 + body.length);
      frame.put((byte) 6).putLong(body.length).put(body);
      socket.getOutputStream().write(frame.array());
      socket.getOutputStream().flush();
      socket.getInputStream().readNBytes(64);
    }
  }
}
