package org.qstatmesh.tunnel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.qstatmesh.tunnel.Eventually.eventually;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.bus.Addresses;
import org.qstatmesh.bus.ClusterConfig;
import org.qstatmesh.bus.ClustersConfigured;
import org.qstatmesh.bus.FailureCode;
import org.qstatmesh.bus.MeshCodec;
import org.qstatmesh.bus.ProbeAddress;
import org.qstatmesh.bus.QueryFailure;
import org.qstatmesh.bus.TunnelState;
import org.qstatmesh.bus.TunnelState.Status;
import org.qstatmesh.bus.TunnelWanted;

@ExtendWith(VertxExtension.class)
@Timeout(120)
class TunnelVerticleTest {
  private static final Duration HEALED = Duration.ofSeconds(15);
  private static final byte[] HELLO = "hello".getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;
  private final List<AutoCloseable> open = new ArrayList<>();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final List<TunnelState> states = new CopyOnWriteArrayList<>();
  private LoginNode node;
  private EchoServer probe;
  private Path known;

  @BeforeEach
  void startPeers(Vertx vertx) throws Exception {
    MeshCodec.install(vertx);
    node = new LoginNode().authorize(Fixture.publicKey("ed25519")).start();
    probe = new EchoServer();
    known = Fixture.write(folder.resolve("known_hosts"), node.knownHostsLine() + "\n");
    open.add(node);
    open.add(probe);
    await(Addresses.TUNNEL_STATE.subscribe(vertx, states::add).ready());
  }

  @AfterEach
  void closePeers() throws Exception {
    for (AutoCloseable closeable : open) {
      closeable.close();
    }
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  private String deploy(Vertx vertx, ClusterConfig... clusters) throws Exception {
    return await(
        vertx.deployVerticle(
            new TunnelVerticle(new TunnelConfig("node1", List.of(clusters)), meters)));
  }

  private ClusterConfig hpc1() {
    return Fixture.cluster("hpc1", probe.port(), Fixture.ssh(node.port(), known));
  }

  private static TunnelState ask(Vertx vertx, String cluster) {
    try {
      return await(
          Addresses.TUNNEL_OPEN.ask(vertx, new TunnelWanted(cluster), Duration.ofSeconds(5)));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static TunnelState until(Vertx vertx, Duration within, Status status, FailureCode code) {
    eventually(
        within,
        () -> status + " " + code + ", it is " + ask(vertx, "hpc1"),
        () -> {
          TunnelState now = ask(vertx, "hpc1");
          return now.status() == status
              && (now.failure() == null ? null : now.failure().code()) == code;
        });
    return ask(vertx, "hpc1");
  }

  private static ProbeAddress endpoint(TunnelState state) {
    return ProbeAddress.parse(state.endpoint());
  }

  private static boolean carries(TunnelState state) {
    try {
      return Arrays.equals(HELLO, Fixture.roundTrip(endpoint(state), HELLO));
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void opensWhenAskedAndCarriesBytes(Vertx vertx) throws Exception {
    deploy(vertx, hpc1());
    assertTrue(node.sessions().isEmpty(), "nothing connects before somebody asks");
    TunnelState first = ask(vertx, "hpc1");
    assertEquals(Status.CONNECTING, first.status());
    TunnelState opened = until(vertx, Duration.ofSeconds(10), Status.OPEN, null);
    assertEquals(first.endpoint(), opened.endpoint());
    assertArrayEquals(HELLO, Fixture.roundTrip(endpoint(opened), HELLO));
    assertEquals(1, node.sessions().size());
    assertEquals(
        5,
        meters
            .counter("qstatmesh.tunnel.transferred", "cluster", "hpc1", "direction", "in")
            .count());
    assertEquals(1, meters.get("qstatmesh.tunnel.connects").tag("result", "OK").counter().count());
    eventually(HEALED, () -> "state published", () -> states.contains(opened));
  }

  @Test
  void clusterWithoutSshIsDirect(Vertx vertx) throws Exception {
    deploy(vertx, Fixture.cluster("hpc1", probe.port(), null));
    TunnelState state = ask(vertx, "hpc1");
    assertEquals(Status.DIRECT, state.status());
    assertEquals("tcp://127.0.0.1:" + probe.port(), state.endpoint());
  }

  @Test
  void unknownClusterIsNotFound(Vertx vertx) throws Exception {
    deploy(vertx);
    var failure =
        assertThrows(
            ExecutionException.class,
            () ->
                await(
                    Addresses.TUNNEL_OPEN.ask(
                        vertx, new TunnelWanted("x"), Duration.ofSeconds(5))));
    assertEquals(QueryFailure.NOT_FOUND, ((QueryFailure) failure.getCause()).code());
  }

  @Test
  void refusedProbeClosesOnlyItsSocketAndHealsByItself(Vertx vertx) throws Exception {
    deploy(vertx, hpc1());
    TunnelState opened = until(vertx, HEALED, Status.OPEN, null);
    int port = probe.port();
    probe.close();
    assertFalse(carries(opened));
    TunnelState refused = until(vertx, HEALED, Status.OPEN, FailureCode.PROBE_UNREACHABLE);
    assertTrue(refused.failure().detail().contains("127.0.0.1:" + port));
    for (int i = 0; i < 5; i++) {
      assertFalse(carries(opened), "each refused connection is closed, none hangs");
    }
    open.add(new EchoServer(port));
    eventually(HEALED, () -> "bytes flow", () -> carries(opened));
    until(vertx, HEALED, Status.OPEN, null);
    assertEquals(1, node.sessions().size(), "the same ssh connection all the time");
  }

  @Test
  void comesBackOnTheSamePortAfterTheServerWasAway(Vertx vertx) throws Exception {
    deploy(vertx, hpc1());
    TunnelState opened = until(vertx, HEALED, Status.OPEN, null);
    try (Socket waiting = Fixture.connect(endpoint(opened))) {
      waiting.setSoTimeout(10_000);
      node.close();
      assertEquals(-1, waiting.getInputStream().read(), "its sockets are closed");
    }
    TunnelState lost = until(vertx, HEALED, Status.BACKING_OFF, FailureCode.SSH_UNREACHABLE);
    assertEquals(opened.endpoint(), lost.endpoint());
    assertFalse(carries(lost), "without a session a connection is closed at once");
    node = node.again(node.hostKeyPair());
    open.add(node);
    TunnelState back = until(vertx, HEALED, Status.OPEN, null);
    assertEquals(opened.endpoint(), back.endpoint());
    assertArrayEquals(HELLO, Fixture.roundTrip(endpoint(back), HELLO));
    assertTrue(
        states.stream().anyMatch(s -> s.status() == Status.BACKING_OFF), "the loss was published");
  }

  @Test
  void swappedHostKeyIsRefusedUntilKnownHostsIsRenewed(Vertx vertx) throws Exception {
    deploy(vertx, hpc1());
    until(vertx, HEALED, Status.OPEN, null);
    node.close();
    node = node.again(LoginNode.newKey("ecdsa-sha2-nistp256", 256));
    open.add(node);
    TunnelState refused = until(vertx, HEALED, Status.BACKING_OFF, FailureCode.HOST_KEY_MISMATCH);
    assertTrue(refused.failure().detail().startsWith("CHANGED host key"));
    Fixture.write(known, node.knownHostsLine() + "\n");
    until(vertx, HEALED, Status.OPEN, null);
  }

  @Test
  void wrongLoginKeyIsRefusedUntilItIsAuthorized(Vertx vertx) throws Exception {
    node.forbidLogins();
    deploy(vertx, hpc1());
    TunnelState refused = until(vertx, HEALED, Status.BACKING_OFF, FailureCode.SSH_AUTH_REFUSED);
    node.authorize(Fixture.publicKey("ed25519"));
    TunnelState healed = until(vertx, HEALED, Status.OPEN, null);
    assertNull(healed.failure());
    assertNotNull(refused.failure().hint());
  }

  @Test
  void askingAgainMakesNoFurtherAttempts(Vertx vertx) throws Exception {
    int port = Fixture.closedPort();
    deploy(vertx, Fixture.cluster("hpc1", probe.port(), Fixture.ssh(port, known)));
    until(vertx, HEALED, Status.BACKING_OFF, FailureCode.SSH_UNREACHABLE);
    for (int i = 0; i < 500; i++) {
      assertEquals("hpc1", ask(vertx, "hpc1").cluster());
    }
    double attempts =
        meters.get("qstatmesh.tunnel.connects").tag("result", "SSH_UNREACHABLE").counter().count();
    assertTrue(attempts < 6, attempts + " attempts");
  }

  @Test
  void changesOfConfigurationTouchOnlyWhatChanged(Vertx vertx) throws Exception {
    ClusterConfig other = Fixture.cluster("hpc2", probe.port(), Fixture.ssh(node.port(), known));
    deploy(vertx, hpc1(), other);
    TunnelState one = until(vertx, HEALED, Status.OPEN, null);
    TunnelState two = ask(vertx, "hpc2");
    eventually(HEALED, () -> "hpc2 open", () -> ask(vertx, "hpc2").status() == Status.OPEN);

    EchoServer moved = new EchoServer();
    open.add(moved);
    ClusterConfig changed = Fixture.cluster("hpc2", moved.port(), other.ssh());
    Addresses.CLUSTERS_CONFIGURED.publish(vertx, new ClustersConfigured(List.of(hpc1(), changed)));
    eventually(
        HEALED,
        () -> "hpc2 connects anew",
        () ->
            states.stream()
                    .filter(s -> s.cluster().equals("hpc2") && s.status() == Status.OPEN)
                    .map(TunnelState::sinceEpochMillis)
                    .distinct()
                    .count()
                == 2);
    probe.close();
    assertTrue(carries(ask(vertx, "hpc2")), "it leads to the new port");
    assertEquals(two.endpoint(), ask(vertx, "hpc2").endpoint());
    assertEquals(
        one.sinceEpochMillis(), ask(vertx, "hpc1").sinceEpochMillis(), "hpc1 was not disturbed");

    Addresses.CLUSTERS_CONFIGURED.publish(vertx, new ClustersConfigured(List.of(hpc1())));
    eventually(
        HEALED,
        () -> "hpc2 closed",
        () ->
            states.stream()
                .anyMatch(s -> s.cluster().equals("hpc2") && s.status() == Status.CLOSED));
    eventually(HEALED, () -> "one session left", () -> node.sessions().size() == 1);
    Fixture.awaitRefusal(endpoint(two));
  }

  @Test
  void linkThatGoesDeadWithoutClosingIsNoticed(Vertx vertx) throws Exception {
    FreezableProxy link = new FreezableProxy(node.port());
    open.add(link);
    String line =
        HostKeySeen.of("127.0.0.1", link.port(), node.hostKeyPair().getPublic()).knownHostsLine();
    Fixture.write(known, line + "\n");
    deploy(vertx, Fixture.cluster("hpc1", probe.port(), Fixture.ssh(link.port(), known)));
    TunnelState opened = until(vertx, HEALED, Status.OPEN, null);
    link.freeze(true);
    try (Socket inVain = Fixture.connect(endpoint(opened))) {
      until(vertx, Duration.ofSeconds(21), Status.BACKING_OFF, FailureCode.SSH_UNREACHABLE);
      assertEquals(-1, inVain.getInputStream().read());
    }
    assertTrue(
        states.stream()
            .map(TunnelState::failure)
            .noneMatch(why -> why != null && why.code() == FailureCode.PROBE_UNREACHABLE),
        "the probe was blamed");
    link.freeze(false);
    TunnelState back = until(vertx, HEALED, Status.OPEN, null);
    assertTrue(carries(back));
  }

  @Test
  void tunnelThatNobodyUsesIsClosedAndMadeAnewWhenAskedFor(Vertx vertx) throws Exception {
    AtomicLong shift = new AtomicLong();
    TunnelConfig config = new TunnelConfig("node1", List.of(hpc1()));
    var verticle = new TunnelVerticle(config, meters, () -> System.nanoTime() + shift.get());
    await(vertx.deployVerticle(verticle));
    TunnelState opened = until(vertx, HEALED, Status.OPEN, null);
    try (Socket used = Fixture.connect(endpoint(opened))) {
      used.getOutputStream().write(1);
      assertEquals(1, used.getInputStream().read());
      shift.addAndGet(Tunnel.MAX_IDLE.toNanos());
      awaitRepeat(opened);
      assertEquals(opened, ask(vertx, "hpc1"), "a channel is open");
    }
    shift.addAndGet(Tunnel.MAX_IDLE.toNanos() * 2 / 3);
    assertEquals(opened, ask(vertx, "hpc1"));
    shift.addAndGet(Tunnel.MAX_IDLE.toNanos() * 2 / 3);
    awaitRepeat(opened);
    assertEquals(opened, ask(vertx, "hpc1"), "who asks wants it, also while there is no way");
    shift.addAndGet(Tunnel.MAX_IDLE.toNanos() + 1);
    eventually(
        HEALED,
        () -> "closed",
        () -> states.stream().anyMatch(state -> state.status() == Status.CLOSED));
    until(vertx, HEALED, Status.OPEN, null);
  }

  /** Ten times as long as it takes to see that a tunnel is idle. */
  private void awaitRepeat(TunnelState state) {
    long before = repeats(state);
    eventually(HEALED, () -> "a repeat", () -> repeats(state) > before);
  }

  private long repeats(TunnelState state) {
    return states.stream().filter(state::equals).count();
  }

  @Test
  void boundsItsChannels(Vertx vertx) throws Exception {
    deploy(vertx, hpc1());
    TunnelState opened = until(vertx, HEALED, Status.OPEN, null);
    List<Socket> sockets = new ArrayList<>();
    for (int i = 0; i < Forwarder.MAX_CHANNELS; i++) {
      Socket socket = Fixture.connect(endpoint(opened));
      open.add(socket);
      socket.getOutputStream().write(i);
      assertEquals(i, socket.getInputStream().read());
      sockets.add(socket);
    }
    try (Socket tooMany = Fixture.connect(endpoint(opened))) {
      assertEquals(-1, tooMany.getInputStream().read());
    }
    assertEquals(16, meters.get("qstatmesh.tunnel.channels").gauge().value());
    sockets.get(0).close();
    eventually(HEALED, () -> "a place is free again", () -> carries(opened));
  }

  @Test
  void aSocketThatIsClosedGivesItsChannelBackThoughTheProbeIsSilent(Vertx vertx) throws Exception {
    // Connections are made by the kernel; nobody accepts, answers or closes them.
    ServerSocket stopped = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    open.add(stopped);
    deploy(vertx, Fixture.cluster("hpc1", stopped.getLocalPort(), Fixture.ssh(node.port(), known)));
    TunnelState opened = until(vertx, HEALED, Status.OPEN, null);
    try (Socket inVain = Fixture.connect(endpoint(opened))) {
      inVain.getOutputStream().write(HELLO);
      eventually(HEALED, () -> "a channel", () -> channels() == 1);
    }
    eventually(HEALED, () -> "no channel", () -> channels() == 0);
  }

  private double channels() {
    return meters.get("qstatmesh.tunnel.channels").gauge().value();
  }

  @Test
  void nothingIsOpenedAnyMoreWhileItStops(Vertx vertx) throws Exception {
    CompletableFuture<Throwable> refused = new CompletableFuture<>();
    String id = deploy(vertx, hpc1());
    until(vertx, HEALED, Status.OPEN, null);
    // As a poller does that hears of the end.
    Addresses.TUNNEL_STATE.subscribe(
        vertx,
        state -> {
          if (state.status() == Status.CLOSED) {
            Addresses.TUNNEL_OPEN
                .ask(vertx, new TunnelWanted("hpc1"), Duration.ofSeconds(5))
                .onComplete(none -> refused.complete(null), refused::complete);
          }
        });
    await(vertx.undeploy(id));
    Throwable failure = refused.get(10, TimeUnit.SECONDS);
    assertNotNull(failure, "a tunnel was made that nobody will close");
    eventually(HEALED, () -> "threads end: " + ours().toList(), () -> ours().count() == 0);
  }

  @Test
  void undeployEndsEverySessionThreadAndPort(Vertx vertx) throws Exception {
    String id = deploy(vertx, hpc1());
    TunnelState opened = until(vertx, HEALED, Status.OPEN, null);
    assertTrue(carries(opened));
    long start = System.nanoTime();
    await(vertx.undeploy(id));
    assertTrue(Duration.ofNanos(System.nanoTime() - start).toSeconds() < 5);
    Fixture.awaitRefusal(endpoint(opened));
    eventually(HEALED, () -> "no session left", () -> node.sessions().isEmpty());
    assertTrue(meters.find("qstatmesh.tunnel.tunnels").gauges().isEmpty());
    eventually(HEALED, () -> "threads end: " + ours().toList(), () -> ours().count() == 0);
  }

  private static Stream<String> ours() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("tunnel-") || name.startsWith("sshj-"));
  }
}
