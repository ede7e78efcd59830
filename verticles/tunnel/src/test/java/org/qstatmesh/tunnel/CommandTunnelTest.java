package org.qstatmesh.tunnel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.qstatmesh.tunnel.Eventually.eventually;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.DataInputStream;
import java.io.File;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.bus.Addresses;
import org.qstatmesh.bus.ClusterConfig;
import org.qstatmesh.bus.Failure;
import org.qstatmesh.bus.FailureCode;
import org.qstatmesh.bus.MeshCodec;
import org.qstatmesh.bus.ProbeAddress;
import org.qstatmesh.bus.ProbeCommand;
import org.qstatmesh.bus.TunnelState;
import org.qstatmesh.bus.TunnelState.Status;
import org.qstatmesh.bus.TunnelWanted;

/** A tunnel whose port leads to a command. */
@ExtendWith(VertxExtension.class)
@Timeout(120)
class CommandTunnelTest {
  private static final Duration SOON = Duration.ofSeconds(15);
  private static final byte[] FRAME = {0, 0, 0, 2, '{', '}'};

  @TempDir Path folder;
  private final LoginShell shell = new LoginShell();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private LoginNode node;
  private ClusterConfig cluster;

  @BeforeEach
  void startLoginNode(Vertx vertx) {
    MeshCodec.install(vertx);
    node = new LoginNode().authorize(Fixture.publicKey("ed25519"));
    node.server().setCommandFactory(shell);
    node.start();
    Path known = Fixture.write(folder.resolve("known_hosts"), node.knownHostsLine() + "\n");
    cluster =
        new ClusterConfig(
            "hpc1",
            "hpc1",
            0,
            new ProbeCommand("/opt/qstat-probe serve --stdio"),
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            1 << 20,
            Fixture.ssh(node.port(), known));
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  private ProbeAddress open(Vertx vertx) throws Exception {
    await(
        vertx.deployVerticle(
            new TunnelVerticle(new TunnelConfig("node1", List.of(cluster)), meters)));
    eventually(SOON, () -> "open", () -> state(vertx).status() == Status.OPEN);
    return ProbeAddress.parse(state(vertx).endpoint());
  }

  private static TunnelState state(Vertx vertx) {
    try {
      return await(
          Addresses.TUNNEL_OPEN.ask(vertx, new TunnelWanted("hpc1"), Duration.ofSeconds(5)));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static Failure awaitFailure(Vertx vertx) {
    AtomicReference<Failure> failure = new AtomicReference<>();
    eventually(
        SOON,
        () -> "a failure",
        () -> {
          failure.set(state(vertx).failure());
          return failure.get() != null;
        });
    return failure.get();
  }

  /** Connects again and again, as a poller does, until a frame comes back. */
  private static void awaitHealed(Vertx vertx, ProbeAddress endpoint) {
    eventually(SOON, () -> "frames again", () -> carries(endpoint));
    eventually(SOON, () -> "no failure", () -> state(vertx).failure() == null);
  }

  private static boolean carries(ProbeAddress endpoint) {
    try (Socket socket = Fixture.connect(endpoint)) {
      socket.getOutputStream().write(FRAME);
      byte[] back = new byte[FRAME.length];
      new DataInputStream(socket.getInputStream()).readFully(back);
      return back[5] == '}';
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void carriesFramesBothWaysAndEndsTheCommandWithTheSocket(Vertx vertx) throws Exception {
    AtomicReference<String> asked = new AtomicReference<>();
    shell.does(
        (words, in, out, err) -> {
          asked.set(words);
          return LoginShell.ECHO.run(words, in, out, err);
        });
    ProbeAddress endpoint = open(vertx);
    assertEquals(0, shell.started(), "nothing runs before somebody connects");
    byte[] large = new byte[3 << 20];
    large[1] = 47;
    large[large.length - 1] = 11;
    try (Socket socket = Fixture.connect(endpoint)) {
      Thread writer =
          new Thread(
              () -> {
                try {
                  socket.getOutputStream().write(large);
                } catch (IOException e) {
                  // the reader sees the end
                }
              });
      writer.start();
      byte[] back = new byte[large.length];
      new DataInputStream(socket.getInputStream()).readFully(back);
      assertArrayEquals(large, back);
      assertEquals("/opt/qstat-probe serve --stdio", asked.get());
      assertEquals(1, shell.running());
      assertEquals(1, meters.get("qstatmesh.tunnel.channels").gauge().value());
    }
    eventually(SOON, () -> shell.running() + " run", () -> shell.running() == 0);
    eventually(
        SOON,
        () -> "no channel",
        () -> meters.get("qstatmesh.tunnel.channels").gauge().value() == 0);
    assertEquals(null, state(vertx).failure(), "hanging up is no failure");
  }

  @Test
  void aCommandThatIsNotThereIsNamedWithItsLastComplaintAndHeals(Vertx vertx) throws Exception {
    shell.does(
        (words, in, out, err) -> {
          err.write(
              "perl: warning: locale\nbash: line 1: qstat-probe: not found\n".getBytes(UTF_8));
          return 127;
        });
    ProbeAddress endpoint = open(vertx);
    assertFalse(carries(endpoint));
    Failure failure = awaitFailure(vertx);
    assertEquals(FailureCode.PROBE_UNREACHABLE, failure.code());
    assertEquals(
        "/opt/qstat-probe serve --stdio ended with exit code 127, command not found;"
            + " it last said: bash: line 1: qstat-probe: not found",
        failure.detail());
    assertEquals(endpoint.toString(), state(vertx).endpoint());
    shell.does(LoginShell.ECHO);
    awaitHealed(vertx, endpoint);
  }

  /**
   * Until a command has answered, a login alone mends nothing: no flapping, one line in the log.
   */
  @Test
  void theReasonStaysUntilACommandAnswers(Vertx vertx) throws Exception {
    List<TunnelState> states = new CopyOnWriteArrayList<>();
    await(Addresses.TUNNEL_STATE.subscribe(vertx, states::add).ready());
    shell.does((words, in, out, err) -> 127);
    ProbeAddress endpoint = open(vertx);
    eventually(
        SOON, () -> shell.started() + " starts", () -> carries(endpoint) || shell.started() >= 3);
    List<TunnelState> failing =
        states.stream().dropWhile(state -> state.failure() == null).toList();
    assertTrue(failing.size() >= 3, failing.toString());
    for (TunnelState state : failing) {
      assertEquals(FailureCode.PROBE_UNREACHABLE, state.failure().code());
      assertEquals(failing.get(0).failure().sinceEpochMillis(), state.failure().sinceEpochMillis());
    }
    shell.does(LoginShell.ECHO);
    awaitHealed(vertx, endpoint);
  }

  /** The key's authorized_keys line counts as it was at the login. */
  @Test
  void aCommandThatEndedIsTriedWithANewLogin(Vertx vertx) throws Exception {
    shell.does((words, in, out, err) -> 127);
    ProbeAddress endpoint = open(vertx);
    List<?> first = List.copyOf(node.sessions());
    assertFalse(carries(endpoint));
    shell.does(LoginShell.ECHO);
    awaitHealed(vertx, endpoint);
    assertEquals(1, node.sessions().size());
    assertFalse(first.containsAll(node.sessions()));
  }

  @Test
  void whyIsKnownBeforeTheSocketIsClosed(Vertx vertx) throws Exception {
    shell.does((words, in, out, err) -> 126);
    ProbeAddress endpoint = open(vertx);
    assertFalse(carries(endpoint));
    assertTrue(
        state(vertx).failure().detail().contains("126, command may not be run"),
        state(vertx).toString());
  }

  @Test
  void textBeforeTheFirstFrameIsQuoted(Vertx vertx) throws Exception {
    shell.does(
        (words, in, out, err) -> {
          out.write("This account is currently not available.\n".getBytes(UTF_8));
          return 1;
        });
    ProbeAddress endpoint = open(vertx);
    assertFalse(carries(endpoint));
    Failure failure = awaitFailure(vertx);
    assertEquals(FailureCode.PROBE_PROTOCOL, failure.code());
    assertTrue(
        failure.detail().endsWith(": This account is currently not available."), failure.detail());
    shell.does(LoginShell.ECHO);
    awaitHealed(vertx, endpoint);
  }

  @Test
  void aProbeThatEndsInTheMiddleIsSaidAndHeals(Vertx vertx) throws Exception {
    shell.does(
        (words, in, out, err) -> {
          out.write(FRAME, 0, 3);
          out.flush();
          err.write("Killed".getBytes(UTF_8));
          return 137;
        });
    ProbeAddress endpoint = open(vertx);
    assertFalse(carries(endpoint));
    Failure failure = awaitFailure(vertx);
    assertEquals(FailureCode.PROBE_UNREACHABLE, failure.code());
    assertTrue(
        failure.detail().endsWith("ended with exit code 137; it last said: Killed"),
        failure.detail());
    shell.does(LoginShell.ECHO);
    awaitHealed(vertx, endpoint);
  }

  @Test
  void complaintsWithoutEndDoNotStopTheFrames(Vertx vertx) throws Exception {
    byte[] line = "WARNING again and again\n".getBytes(UTF_8);
    shell.does(
        (words, in, out, err) -> {
          // More than the window that both streams share.
          for (int i = 0; i < 400_000; i++) {
            err.write(line);
          }
          return LoginShell.ECHO.run(words, in, out, err);
        });
    ProbeAddress endpoint = open(vertx);
    assertTrue(carries(endpoint));
  }

  @Test
  void startsFourAtOnceAndNoMore(Vertx vertx) throws Exception {
    ProbeAddress endpoint = open(vertx);
    Socket[] sockets = new Socket[Forwarder.MAX_COMMANDS];
    for (int i = 0; i < sockets.length; i++) {
      sockets[i] = Fixture.connect(endpoint);
    }
    eventually(SOON, () -> shell.running() + " run", () -> shell.running() == sockets.length);
    try (Socket oneMore = Fixture.connect(endpoint)) {
      assertEquals(-1, oneMore.getInputStream().read());
    }
    for (Socket socket : sockets) {
      socket.close();
    }
    eventually(SOON, () -> shell.running() + " run", () -> shell.running() == 0);
  }

  /** sshd leaves a command alone whose channel is closed: each would stay on the login node. */
  @Test
  void commandsThatHangAreNotJoinedByEverMoreOfThem(Vertx vertx) throws Exception {
    CountDownLatch killed = new CountDownLatch(1);
    shell.does(
        (words, in, out, err) -> {
          try {
            return killed.await(1, TimeUnit.MINUTES) ? 143 : 1;
          } catch (InterruptedException e) {
            throw new IOException(e);
          }
        });
    ProbeAddress endpoint = open(vertx);
    for (int i = 1; i <= 2 * Forwarder.MAX_COMMANDS; i++) {
      int expected = Math.min(i, Forwarder.MAX_COMMANDS);
      try (Socket socket = Fixture.connect(endpoint)) {
        socket.getOutputStream().write(FRAME);
        eventually(SOON, () -> shell.running() + " run", () -> shell.running() == expected);
      }
    }
    Failure failure = awaitFailure(vertx);
    assertEquals(FailureCode.PROBE_TIMEOUT, failure.code());
    assertEquals(Forwarder.MAX_COMMANDS, shell.started());
    shell.does(LoginShell.ECHO);
    killed.countDown();
    awaitHealed(vertx, endpoint);
  }

  @Test
  void fiftyConnectionsLeaveNoThreadNoFileAndNoCommand(Vertx vertx) throws Exception {
    ProbeAddress endpoint = open(vertx);
    assertTrue(carries(endpoint));
    awaitNothingLeft(Integer.MAX_VALUE - 5);
    int files = openFiles();
    for (int i = 0; i < 50; i++) {
      assertTrue(carries(endpoint), "connection " + i);
    }
    awaitNothingLeft(files);
    assertEquals(51, shell.started());
  }

  @Test
  void aLostSessionTakesItsCommandsAlongAndHeals(Vertx vertx) throws Exception {
    ProbeAddress endpoint = open(vertx);
    for (int i = 0; i < 3; i++) {
      try (Socket socket = Fixture.connect(endpoint)) {
        eventually(SOON, () -> shell.running() + " run", () -> shell.running() == 1);
        node.killSessions();
        assertEquals(-1, socket.getInputStream().read());
      }
      eventually(SOON, () -> "threads end: " + carriers(), () -> carriers().isEmpty());
      awaitHealed(vertx, endpoint);
      eventually(SOON, () -> shell.running() + " run", () -> shell.running() == 0);
    }
  }

  private void awaitNothingLeft(int files) {
    eventually(SOON, () -> shell.running() + " run", () -> shell.running() == 0);
    eventually(SOON, () -> "threads end: " + carriers(), () -> carriers().isEmpty());
    eventually(
        SOON,
        () -> openFiles() + " files are open, before it were " + files,
        () -> openFiles() <= files + 5);
  }

  private static List<String> carriers() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.matches("tunnel-(up|down|err)-.*"))
        .toList();
  }

  private static int openFiles() {
    String[] files = new File("/proc/self/fd").list();
    return files == null ? 0 : files.length;
  }

  @Test
  void diagnosisTellsWhatTheKeyMayDo() throws Exception {
    SshDiagnosis diagnosis = new SshDiagnosis(cluster);
    shell.does(
        (words, in, out, err) ->
            words.startsWith("exit ") ? Integer.parseInt(words.substring(5)) : 0);
    assertEquals(SshDiagnosis.Forced.NOTHING, diagnosis.tryForcedCommand());
    assertTrue(diagnosis.tryProbe().isEmpty());

    shell.does(LoginShell.ECHO);
    assertEquals(SshDiagnosis.Forced.PROBE, diagnosis.tryForcedCommand());

    shell.does(
        (words, in, out, err) -> {
          out.write("no shell for you\n".getBytes(UTF_8));
          return 1;
        });
    assertEquals(SshDiagnosis.Forced.OTHER, diagnosis.tryForcedCommand());
    Failure failure = diagnosis.tryProbe().orElseThrow();
    assertEquals(FailureCode.PROBE_PROTOCOL, failure.code());
    assertTrue(failure.detail().contains("no shell for you"), failure.detail());

    shell.does((words, in, out, err) -> 69);
    failure = diagnosis.tryProbe().orElseThrow();
    assertEquals(FailureCode.PROBE_UNREACHABLE, failure.code());
    assertTrue(failure.detail().endsWith("ended with exit code 69"), failure.detail());
  }

  @Test
  void aForwardRemembersWhyItWasRefused() throws Exception {
    shell.does((words, in, out, err) -> 69);
    try (SshForward forward = new SshDiagnosis(cluster).openForward()) {
      assertTrue(forward.refusal().isEmpty());
      assertFalse(carries(forward.endpoint()));
      Failure failure = forward.refusal().orElseThrow();
      assertEquals(FailureCode.PROBE_UNREACHABLE, failure.code());
    }
  }
}
