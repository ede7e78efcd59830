package org.qstatmesh.tunnel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.qstatmesh.tunnel.Eventually.eventually;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import net.schmizz.sshj.common.SecurityUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.bus.SshConfig;

/** What is left behind by connections that end in all sorts of ways: nothing. */
@ExtendWith(VertxExtension.class)
@Timeout(120)
class TunnelLeakTest {
  private static final int TIMES = 50;
  private static final Duration SETTLED = Duration.ofSeconds(20);

  @TempDir Path folder;
  private LoginNode node;
  private EchoServer probe;
  private SshConfig config;

  @BeforeEach
  void startPeers() {
    node = new LoginNode().start();
    probe = new EchoServer();
    Path known = Fixture.write(folder.resolve("known_hosts"), node.knownHostsLine() + "\n");
    config = Fixture.ssh(node.port(), known);
  }

  @AfterEach
  void closePeers() {
    node.close();
    probe.close();
  }

  private static List<String> sshThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("tunnel-") || name.startsWith("sshj-"))
        .toList();
  }

  private static int openFiles() {
    String[] files = new File("/proc/self/fd").list();
    return files == null ? 0 : files.length;
  }

  private void expectNothingLeft(int filesBefore) {
    eventually(SETTLED, () -> "threads end: " + sshThreads(), () -> sshThreads().isEmpty());
    eventually(
        SETTLED,
        () -> openFiles() + " files are open, before it were " + filesBefore,
        () -> openFiles() <= filesBefore + 5);
  }

  @Test
  void failedLoginsLeaveNoThreadAndNoFile() {
    tryOnce();
    expectNothingLeft(Integer.MAX_VALUE - 5);
    int files = openFiles();
    for (int i = 0; i < TIMES; i++) {
      tryOnce();
    }
    expectNothingLeft(files);
  }

  private void tryOnce() {
    SshSession session = new SshSession(config, (which, why) -> {});
    assertThrows(SshFailure.class, session::connect);
    session.close();
  }

  @Test
  void lostSessionsWithOpenChannelsLeaveNoThreadAndNoFile() throws Exception {
    node.authorize(Fixture.publicKey("ed25519"));
    connectAndLose();
    expectNothingLeft(Integer.MAX_VALUE - 5);
    int files = openFiles();
    for (int i = 0; i < TIMES; i++) {
      connectAndLose();
    }
    expectNothingLeft(files);
  }

  private void connectAndLose() throws Exception {
    CountDownLatch lost = new CountDownLatch(1);
    SshSession session = new SshSession(config, (which, why) -> lost.countDown());
    session.connect();
    try (SshForward forward =
        new SshForward(session, Fixture.cluster("hpc1", probe.port(), config))) {
      var socket = Fixture.connect(forward.endpoint());
      socket.getOutputStream().write(1);
      assertEquals(1, socket.getInputStream().read());
      node.killSessions();
      assertTrue(lost.await(5, TimeUnit.SECONDS));
      socket.close();
    }
  }

  @Test
  void connectsAtMostSixteenAtOnceAndOffTheEventLoop(Vertx vertx) throws Exception {
    Context context = vertx.getOrCreateContext();
    SshWorkers workers = new SshWorkers(vertx, context);
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch go = new CountDownLatch(1);
    List<Future<Boolean>> results = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      results.add(
          workers.connect(
              () -> {
                most.accumulateAndGet(running.incrementAndGet(), Math::max);
                go.await();
                running.decrementAndGet();
                return Context.isOnEventLoopThread();
              }));
    }
    eventually(SETTLED, () -> running + " run", () -> running.get() == SshWorkers.MAX_CONNECTS);
    go.countDown();
    Future.all(results).toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    assertEquals(SshWorkers.MAX_CONNECTS, most.get());
    assertTrue(results.stream().noneMatch(Future::result));
    workers.shutdown();
  }

  @Test
  void hostsThatAreOffDoNotHoldUpOneThatIsBack(Vertx vertx) throws Exception {
    SshWorkers workers = new SshWorkers(vertx, vertx.getOrCreateContext());
    CountDownLatch never = new CountDownLatch(1);
    List<Future<Boolean>> dials = new ArrayList<>();
    for (int i = 0; i < 3 * SshWorkers.MAX_CONNECTS; i++) {
      dials.add(workers.dial(() -> never.await(1, TimeUnit.MINUTES)));
    }
    assertTrue(
        workers
            .dial(() -> "dialled")
            .compose(nothing -> workers.connect(() -> true))
            .toCompletionStage()
            .toCompletableFuture()
            .get(5, TimeUnit.SECONDS));
    never.countDown();
    Future.all(dials).toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
    workers.shutdown();
  }

  @Test
  void closingThatHangsIsGivenUpInTime(Vertx vertx) throws Exception {
    SshWorkers workers = new SshWorkers(vertx, vertx.getOrCreateContext());
    CountDownLatch never = new CountDownLatch(1);
    long start = System.nanoTime();
    Future<Void> closing =
        workers.close(
            () -> {
              try {
                never.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    var failure =
        assertThrows(
            Exception.class,
            () -> closing.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS));
    assertTrue(failure.getCause() instanceof TimeoutException, failure.toString());
    assertTrue(Duration.ofNanos(System.nanoTime() - start).toMillis() < 7_000);
    never.countDown();
  }

  @Test
  void connectingLeavesCryptographyToTheJdk() throws Exception {
    node.authorize(Fixture.publicKey("ed25519"));
    SshSession session = new SshSession(config, (which, why) -> {});
    session.connect();
    session.close();
    assertNull(SecurityUtils.getSecurityProvider());
  }
}
