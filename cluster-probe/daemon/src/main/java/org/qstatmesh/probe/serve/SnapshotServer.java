package org.qstatmesh.probe.serve;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.BindException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.qstatmesh.probe.collect.BackgroundCollector;
import org.qstatmesh.probe.collect.SnapshotTaker;
import org.qstatmesh.probe.command.CommandRunner;
import org.qstatmesh.probe.policy.Redaction;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/**
 * The socket's owner: reads requests, hands them on, sends what comes back. One thread; only {@link
 * #start}, {@link #ended} and {@link #close} may be called from others. Commands are killed by
 * closing the {@link CommandRunner}, which is its owner's to do.
 */
public final class SnapshotServer implements AutoCloseable {
  private static final Logger LOG = System.getLogger(SnapshotServer.class.getName());

  /** Requests answered before other threads' letters are looked at again. */
  private static final int REQUESTS_PER_TURN = 64;

  private static final long CLOSE_MILLIS = 1_500;
  private static final Duration REBIND_PATIENCE = Duration.ofSeconds(10);
  private static final long REBIND_PAUSE_NANOS = 20_000_000;

  private final CurveKeys curve;
  private final Mailbox mailbox;
  private final RequestAnswerer answerer;
  private final CompletableFuture<String> endpoint = new CompletableFuture<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private volatile boolean closing;
  private CurveGate gate;
  private RouterSocket router;

  /**
   * Serves nothing yet.
   *
   * @param redaction what a single job passes through before it leaves
   * @param curve keys of the probe and of the clients to let in; null to let in whoever can connect
   */
  public SnapshotServer(
      CommandRunner runner,
      SnapshotTaker taker,
      BackgroundCollector collector,
      Redaction redaction,
      CurveKeys curve)
      throws IOException {
    this.curve = curve;
    this.mailbox = new Mailbox();
    this.answerer = new RequestAnswerer(runner, taker, collector, redaction, mailbox::post);
  }

  /**
   * Binds and serves until {@link #close()}.
   *
   * @return the endpoint with its real port
   * @throws BindException with a message for the user
   */
  public String start(String bind) throws BindException, InterruptedException {
    Thread thread = new Thread(() -> run(bind), "probe-socket");
    thread.setDaemon(true);
    thread.start();
    try {
      return endpoint.get();
    } catch (ExecutionException failed) {
      BindException failure = new BindException(failed.getCause().getMessage());
      failure.initCause(failed);
      throw failure;
    }
  }

  /** Completes when the server was closed, fails when it died. */
  public CompletableFuture<Void> ended() {
    return ended.copy();
  }

  private void run(String bind) {
    try {
      serve(bind);
      ended.complete(null);
    } catch (IOException | RuntimeException cause) {
      endpoint.completeExceptionally(cause);
      ended.completeExceptionally(cause);
    }
  }

  private void serve(String bind) throws IOException {
    try (mailbox;
        ZContext context = new ZContext(1)) {
      context.setUncaughtExceptionHandler((thread, cause) -> ended.completeExceptionally(cause));
      // what a peer sends to break the reading ends that peer's connection, and fills no log
      context.setNotificationExceptionHandler(
          (thread, cause) -> LOG.log(Level.DEBUG, "a peer's frames could not be read", cause));
      gate = curve == null ? null : new CurveGate(context, curve);
      String bound = serveOnce(context, bind);
      while (!closing) {
        LOG.log(Level.WARNING, "a peer sends a message without end: all connections were closed");
        bound = serveOnce(context, bound);
      }
    }
  }

  /** Serves with one socket until closed or flooded; returns the endpoint with its real port. */
  private String serveOnce(ZContext context, String bind) throws IOException {
    router = new RouterSocket(context, gate, () -> mailbox.post(() -> {}));
    try (ZMQ.Poller poller = context.createPoller(3)) {
      String bound = bindWithin(endpoint.isDone() ? REBIND_PATIENCE : Duration.ZERO, bind);
      int requests = poller.register(router.socket(), ZMQ.Poller.POLLIN);
      poller.register(mailbox.channel(), ZMQ.Poller.POLLIN);
      if (gate != null) {
        poller.register(gate.socket(), ZMQ.Poller.POLLIN);
      }
      endpoint.complete(bound);
      while (!closing && !router.flooded()) {
        poller.poll(answerer.millisUntilExpiry(System.nanoTime()));
        mailbox.open();
        if (gate != null) {
          gate.answer();
        }
        if (poller.pollin(requests)) {
          answerSome();
        }
        answerer.answerExpired(System.nanoTime());
      }
      return bound;
    } finally {
      answerer.forgetWaiting(); // their connections are gone
      router.socket().close();
    }
  }

  /** ZeroMQ closes a listener by and by, so the port of the last socket may still be taken. */
  private String bindWithin(Duration patience, String bind) throws IOException {
    long until = System.nanoTime() + patience.toNanos();
    while (true) {
      try {
        return router.bind(bind);
      } catch (BindException taken) {
        if (closing || System.nanoTime() - until >= 0) {
          throw taken;
        }
        LockSupport.parkNanos(REBIND_PAUSE_NANOS);
      }
    }
  }

  private void answerSome() {
    for (int i = 0; i < REQUESTS_PER_TURN; i++) {
      List<byte[]> frames = router.receive();
      if (frames == null) {
        return;
      }
      answer(frames);
    }
  }

  /** A message is identity, empty delimiter, request; whatever else comes cannot be answered. */
  private void answer(List<byte[]> frames) {
    if (frames.size() != 3 || frames.get(1).length != 0) {
      return;
    }
    byte[] identity = frames.get(0);
    answerer.answer(frames.get(2), reply -> router.send(identity, reply));
  }

  /** Stops serving; returns when the port is free or a deadline of 1.5 s is over. */
  @Override
  public void close() {
    closing = true;
    mailbox.post(() -> {});
    answerer.close();
    try {
      ended.get(CLOSE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException endedOtherwise) {
      LOG.log(Level.DEBUG, "the socket did not close in time", endedOtherwise);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
