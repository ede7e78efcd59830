package org.qstatmesh.tunnel;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.PublicKey;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.transport.verification.HostKeyVerifier;
import org.qstatmesh.bus.ClusterConfig;
import org.qstatmesh.bus.Failure;
import org.qstatmesh.bus.ProbeCommand;
import org.qstatmesh.bus.SshConfig;

/**
 * The way to one cluster, step by step, for the commands that set it up and check it. Each step
 * makes a connection of its own, blocks until it knows (40 s at the very most) and is not for an
 * event loop. With a jump host each step logs in there first.
 */
public final class SshDiagnosis {
  /** That no shell and no probe ends with by itself. */
  private static final int OUR_EXIT_CODE = 47;

  private final ClusterConfig cluster;
  private final SshConfig ssh;

  /** For a cluster with ssh; its files need exist only for the steps that read them. */
  public SshDiagnosis(ClusterConfig cluster) {
    if (cluster.ssh() == null) {
      throw new IllegalArgumentException(cluster.cluster() + " is reached without ssh");
    }
    this.cluster = cluster;
    this.ssh = cluster.ssh();
  }

  /** A step did not work. */
  public static final class StepFailed extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    StepFailed(Failure failure) {
      super(failure.code() + ": " + failure.detail());
      this.failure = failure;
    }

    /** What did not work and what to try. */
    public Failure failure() {
      return failure;
    }
  }

  /**
   * Every address of the login node's name, in the resolver's order; empty if it has none. More
   * than one may be several machines, and a probe runs on one of them. A name that only the jump
   * host knows has none here.
   */
  public static List<String> addresses(String host) {
    try {
      return Stream.of(InetAddress.getAllByName(host)).map(InetAddress::getHostAddress).toList();
    } catch (UnknownHostException e) {
      return List.of();
    }
  }

  /** The login node's host key, shown to a person who decides; nothing is trusted by it. */
  public HostKeySeen hostKey() throws StepFailed {
    Capture capture = new Capture();
    return step(
        session -> {
          try {
            session.reach(capture).disconnect();
          } catch (SshFailure | IOException e) {
            if (capture.seen.get() == null && e instanceof SshFailure failure) {
              throw failure;
            }
          }
          return capture.seen.get();
        });
  }

  /** Lines of the known_hosts file that cannot be read, each with file, number and reason. */
  public List<String> knownHostsProblems() throws StepFailed {
    return step(session -> KnownHosts.read(ssh.knownHostsFile()).problems());
  }

  /**
   * Login methods that the server offers this user, in its own words: "publickey", "password",
   * "keyboard-interactive", …; "none" if it asks for nothing. The host key must be known.
   */
  public List<String> loginMethods() throws StepFailed {
    return step(
        session -> {
          SSHClient client = session.reach(KnownHosts.read(ssh.knownHostsFile()));
          return SshSession.offeredMethods(client, ssh);
        });
  }

  /** Logs in with the configured key; empty if that works. */
  public Optional<Failure> tryLogin() {
    return attempt(SshSession::connect);
  }

  /**
   * Logs in and opens a channel to the probe's port, or starts the probe and lets it end; empty if
   * that works.
   */
  public Optional<Failure> tryProbe() {
    return attempt(
        session -> {
          session.connect();
          if (cluster.probe() instanceof ProbeCommand command) {
            CommandTrial.of(session, command).insist();
          } else {
            session.open(cluster.probe()).closeQuietly();
          }
        });
  }

  /** What the key's authorized_keys line makes of whatever command we ask for. */
  public enum Forced {
    /** Nothing: the key runs anything. */
    NOTHING,
    /** A probe over standard input and output. */
    PROBE,
    /** Something else; {@link #tryProbe} says what that says. */
    OTHER
  }

  /**
   * Logs in and runs a command that is no probe, to see whether the key's authorized_keys line
   * forces another. It is told at once that nothing comes, so a probe ends.
   */
  public Forced tryForcedCommand() throws StepFailed {
    return step(
        session -> {
          session.connect();
          CommandTrial trial = CommandTrial.of(session, new ProbeCommand("exit " + OUR_EXIT_CODE));
          if (trial.endedWith(OUR_EXIT_CODE)) {
            return Forced.NOTHING;
          }
          return trial.failure().isEmpty() ? Forced.PROBE : Forced.OTHER;
        });
  }

  /** Logs in and leads a loopback port to the probe until closed. */
  public SshForward openForward() throws StepFailed {
    SshSession session = newSession();
    try {
      session.connect();
      return new SshForward(session, cluster);
    } catch (SshFailure e) {
      closeInTime(session);
      throw new StepFailed(failure(e));
    } catch (IOException e) {
      closeInTime(session);
      throw new IllegalStateException("no loopback port", e);
    }
  }

  private interface Step<T> {
    T run(SshSession session) throws SshFailure;
  }

  private <T> T step(Step<T> step) throws StepFailed {
    SshSession session = newSession();
    try {
      return step.run(session);
    } catch (SshFailure e) {
      throw new StepFailed(failure(e));
    } finally {
      closeInTime(session);
    }
  }

  private interface Attempt {
    void run(SshSession session) throws SshFailure;
  }

  private Optional<Failure> attempt(Attempt attempt) {
    SshSession session = newSession();
    try {
      attempt.run(session);
      return Optional.empty();
    } catch (SshFailure e) {
      return Optional.of(failure(e));
    } finally {
      closeInTime(session);
    }
  }

  private SshSession newSession() {
    return new SshSession(ssh, (session, why) -> {});
  }

  private Failure failure(SshFailure e) {
    return e.since(System.currentTimeMillis(), cluster);
  }

  /** Closes on a thread of its own and waits for it no longer than the deadline. */
  static void closeInTime(SshSession session) {
    session.abort();
    Thread closer = new Thread(session::close, "tunnel-close");
    closer.setDaemon(true);
    closer.start();
    try {
      closer.join(SshWorkers.CLOSE_DEADLINE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Takes the key down and refuses it, so that the connection ends there. */
  private static final class Capture implements HostKeyVerifier {
    private final AtomicReference<HostKeySeen> seen = new AtomicReference<>();

    @Override
    public boolean verify(String host, int port, PublicKey key) {
      seen.set(HostKeySeen.of(host, port, key));
      return false;
    }

    @Override
    public List<String> findExistingAlgorithms(String host, int port) {
      return List.of();
    }
  }
}
