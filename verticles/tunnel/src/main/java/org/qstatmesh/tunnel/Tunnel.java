package org.qstatmesh.tunnel;

import io.micrometer.core.instrument.Counter;
import io.vertx.core.Future;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.qstatmesh.bus.ClusterConfig;
import org.qstatmesh.bus.FailureCode;
import org.qstatmesh.bus.ProbeAddress;
import org.qstatmesh.bus.ProbeCommand;
import org.qstatmesh.bus.TunnelState;
import org.qstatmesh.bus.TunnelState.Status;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tunnel to one cluster: a loopback port that stays the same, and behind it one ssh session
 * after the other. Lives on the verticle's context; only {@link #carry} runs elsewhere.
 */
final class Tunnel implements Way {
  private static final Logger LOG = LoggerFactory.getLogger(Tunnel.class);

  /** Longest attempt, jump hosts and names included. */
  static final Duration ATTEMPT_DEADLINE = Duration.ofSeconds(40);

  /** Three keep-alives of 5 s went without an answer, and 2 s more. */
  static final Duration MAX_SILENCE = Duration.ofSeconds(17);

  /** A tunnel that nobody asks for or connects to this long is wanted by nobody. */
  static final Duration MAX_IDLE = Duration.ofMinutes(10);

  private final TunnelContext shared;
  private final Backoff backoff = new Backoff(() -> ThreadLocalRandom.current().nextDouble());
  private final Counter received;
  private final Counter sent;
  private final LoopbackListener listener;
  private ClusterConfig cluster;
  private final CurrentState current;
  private SshSession session;

  /** Why the last command was no probe; null once one has answered. */
  private SshFailure unmended;

  private long openedNanos;
  private long timer = -1;
  private Future<Void> closing = Future.succeededFuture();

  /** Read by the accept thread: whoever connects while this is null is closed at once. */
  private volatile Forwarder forwarder;

  private volatile long lastUseNanos;

  Tunnel(TunnelContext shared, ClusterConfig cluster) throws IOException {
    this.shared = shared;
    this.cluster = cluster;
    this.lastUseNanos = shared.nanoTime().getAsLong();
    this.received = shared.meters().bytes(cluster.cluster(), "in");
    this.sent = shared.meters().bytes(cluster.cluster(), "out");
    this.listener = new LoopbackListener(cluster.cluster(), this::carry, shared.onDeath());
    ProbeAddress endpoint = new ProbeAddress("127.0.0.1", listener.port());
    this.current = new CurrentState(shared, cluster, endpoint);
    attempt();
  }

  @Override
  public TunnelState state() {
    return current.state();
  }

  @Override
  public void asked() {
    lastUseNanos = shared.nanoTime().getAsLong();
  }

  private void carry(Socket socket) {
    lastUseNanos = shared.nanoTime().getAsLong();
    Forwarder open = forwarder;
    if (open == null) {
      SshSocket.closeQuietly(socket);
    } else {
      open.accept(socket);
    }
  }

  private void attempt() {
    timer = -1;
    SshSession fresh =
        new SshSession(
            cluster.ssh(),
            (which, why) -> shared.context().runOnContext(nothing -> lost(which, why)));
    session = fresh;
    SshWorkers workers = shared.workers();
    workers
        .dial(() -> dial(fresh))
        .compose(dialled -> workers.connect(() -> connect(dialled)))
        .onComplete(
            result -> {
              if (session != fresh) {
                dispose(fresh);
              } else if (result.succeeded()) {
                opened(fresh);
              } else {
                failed(asSshFailure(result.cause()));
              }
            });
  }

  private static SshSession dial(SshSession session) throws SshFailure {
    session.readFiles();
    session.dial();
    return session;
  }

  private static SshSession connect(SshSession session) throws SshFailure {
    session.connect();
    return session;
  }

  private SshFailure asSshFailure(Throwable cause) {
    if (cause instanceof SshFailure failure) {
      return failure;
    }
    LOG.error("connecting to {} failed unexpectedly", cluster.cluster(), cause);
    return new SshFailure(FailureCode.SSH_UNREACHABLE, cause.toString(), cause);
  }

  private void opened(SshSession fresh) {
    shared.meters().connected();
    openedNanos = shared.nanoTime().getAsLong();
    ChannelWatch watch =
        new ChannelWatch(
            shared, received, sent, cluster.probe() instanceof ProbeCommand, new FarEnd(fresh));
    forwarder = new Forwarder(cluster.cluster(), fresh, cluster.probe(), watch);
    fresh.warnings().forEach(line -> LOG.warn("{}: ignored {}", cluster.cluster(), line));
    // That a login works says nothing of the command behind it.
    enter(Status.OPEN, unmended);
    if (fresh.lossReason() != null) {
      // It ended before it was known here as open, and will not say so again.
      lost(fresh, fresh.lossReason());
    }
  }

  private void lost(SshSession which, String why) {
    ended(which, new SshFailure(FailureCode.SSH_UNREACHABLE, why));
  }

  /**
   * A session is over: lost, or of no use, because its command is no probe. sshd reads the key's
   * authorized_keys line at the login, so only another login meets a line that was mended.
   */
  private void ended(SshSession which, SshFailure why) {
    if (session == which && current.status() == Status.OPEN) {
      backoff.afterConnection(Duration.ofNanos(shared.nanoTime().getAsLong() - openedNanos));
      failed(why);
    }
  }

  private void failed(SshFailure failure) {
    if (current.status() != Status.OPEN) {
      shared.meters().connectFailed(failure.code());
    }
    release();
    enter(Status.BACKING_OFF, failure);
    Duration wait = backoff.afterFailure(failure.code());
    timer = shared.vertx().setTimer(Math.max(1, wait.toMillis()), id -> attempt());
  }

  /** Lets go of the session, if there is one, and of the wait for the next. */
  private void release() {
    if (timer >= 0) {
      shared.vertx().cancelTimer(timer);
      timer = -1;
    }
    if (forwarder != null) {
      forwarder.close();
      forwarder = null;
    }
    SshSession old = session;
    session = null;
    if (old != null) {
      dispose(old);
    }
  }

  private void dispose(SshSession old) {
    old.abort();
    closing =
        shared
            .workers()
            .close(old::close)
            .onFailure(
                cause -> {
                  shared.meters().closeLate();
                  LOG.warn("{}: an old ssh connection does not end", cluster.cluster());
                });
  }

  @Override
  public void tick() {
    if (session == null) {
      return;
    }
    if (current.status() == Status.OPEN) {
      if (session.silence().compareTo(MAX_SILENCE) > 0) {
        lost(session, "nothing heard from the login node for " + MAX_SILENCE.toSeconds() + " s");
      }
    } else if (session.age().compareTo(ATTEMPT_DEADLINE) > 0) {
      String why = "no login within " + ATTEMPT_DEADLINE.toSeconds() + " s";
      failed(new SshFailure(FailureCode.SSH_UNREACHABLE, why));
    }
  }

  @Override
  public boolean isIdle() {
    Forwarder open = forwarder;
    boolean carrying = open != null && open.channels() > 0;
    return !carrying && shared.nanoTime().getAsLong() - lastUseNanos > MAX_IDLE.toNanos();
  }

  @Override
  public boolean takes(ClusterConfig changed) {
    if (changed.ssh() == null) {
      return false;
    }
    boolean same = changed.ssh().equals(cluster.ssh()) && changed.probe().equals(cluster.probe());
    cluster = changed;
    if (!same) {
      release();
      unmended = null;
      backoff.reset();
      enter(Status.CONNECTING, null);
      attempt();
    }
    return true;
  }

  @Override
  public Future<Void> close() {
    listener.close();
    release();
    enter(Status.CLOSED, null);
    shared.meters().forget(received);
    shared.meters().forget(sent);
    return closing;
  }

  private void enter(Status status, SshFailure why) {
    current.enter(cluster, status, why);
  }

  /** What a session's channels say of its far end, on the context. */
  private final class FarEnd implements ChannelWatch.FarEnd {
    private final SshSession watched;

    FarEnd(SshSession watched) {
      this.watched = watched;
    }

    @Override
    public void works() {
      toldWhileOpen(null);
    }

    @Override
    public void refuses(SshFailure failure) {
      toldWhileOpen(failure);
    }

    private void toldWhileOpen(SshFailure failure) {
      if (session == watched && current.status() == Status.OPEN) {
        unmended = null;
        enter(Status.OPEN, failure);
      }
    }

    @Override
    public void commandEnded(SshFailure failure) {
      if (session == watched) {
        unmended = failure;
        ended(watched, failure);
      }
    }
  }
}
