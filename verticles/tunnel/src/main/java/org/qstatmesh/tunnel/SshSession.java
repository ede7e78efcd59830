package org.qstatmesh.tunnel;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import net.schmizz.keepalive.KeepAliveRunner;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.connection.channel.OpenFailException;
import net.schmizz.sshj.transport.verification.HostKeyVerifier;
import net.schmizz.sshj.userauth.keyprovider.KeyProvider;
import net.schmizz.sshj.userauth.method.AuthNone;
import net.schmizz.sshj.userauth.method.AuthPublickey;
import org.qstatmesh.bus.FailureCode;
import org.qstatmesh.bus.ProbeAccess;
import org.qstatmesh.bus.ProbeAddress;
import org.qstatmesh.bus.ProbeCommand;
import org.qstatmesh.bus.SshConfig;

/**
 * One ssh connection to a login node, through its jump hosts if it has any. Used once: connect,
 * open channels, abort, close. All but {@link #abort} and the questions about its state block and
 * belong on the tunnel's own threads.
 */
final class SshSession {
  static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);
  private static final int KEEP_ALIVE_SECONDS = 5;
  private static final int KEEP_ALIVE_COUNT = 3;

  /** A login node that lives is heard every five seconds; the rest is for a slow line. */
  private static final Duration KEEP_ALIVE_MISSED = Duration.ofSeconds(KEEP_ALIVE_SECONDS + 3);

  private final SshConfig target;
  private final BiConsumer<SshSession, String> onLost;
  private final Deque<SSHClient> clients = new ConcurrentLinkedDeque<>();
  private final List<String> warnings = new ArrayList<>();
  private volatile KnownHosts targetHosts;
  private volatile KeyProvider targetKey;
  private volatile SshSocket socket;
  private volatile boolean aborted;
  private volatile String lossReason;
  private final AtomicLong startedNanos = new AtomicLong();

  /**
   * @param onLost told why when the connection ends, on a thread of sshj that must not be held up;
   *     perhaps more than once, and also for an end that we caused
   */
  SshSession(SshConfig target, BiConsumer<SshSession, String> onLost) {
    this.target = target;
    this.onLost = onLost;
  }

  /** Reads the files of the target's login, so that a connection is made only if they will do. */
  void readFiles() throws SshFailure {
    targetHosts = KnownHosts.read(target.knownHostsFile());
    targetKey = IdentityFile.load(target.identityFile(), target.passphraseFile());
  }

  /** Makes the TCP connection to the first hop. */
  void dial() throws SshFailure {
    startedNanos.set(System.nanoTime());
    if (aborted) {
      throw new SshFailure(FailureCode.SSH_UNREACHABLE, "given up before it began");
    }
    SshConfig first = target;
    while (first.proxyJump() != null) {
      first = first.proxyJump();
    }
    try {
      socket = SshSocket.dial(first.host(), first.port());
    } catch (SshFailure e) {
      throw target.proxyJump() == null ? e : e.atJump(first.host());
    } finally {
      startedNanos.set(0);
    }
    if (aborted) {
      SshSocket.closeQuietly(socket);
    }
  }

  /** Reaches the login node and logs in; reads the files and dials first if that was not done. */
  void connect() throws SshFailure {
    if (targetKey == null) {
      readFiles();
    }
    startedNanos.set(System.nanoTime());
    login(reach(targetHosts), target, targetKey);
  }

  /** Reaches the login node without logging in there; its key must be known. */
  SSHClient reach(KnownHosts hosts) throws SshFailure {
    warnings.addAll(hosts.problems());
    return reach(new HostKeyCheck(hosts));
  }

  /** Reaches the login node without logging in there; logs into the jump hosts on the way. */
  SSHClient reach(HostKeyVerifier verifier) throws SshFailure {
    if (socket == null) {
      dial();
    }
    Deque<SshConfig> jumps = new ArrayDeque<>();
    for (SshConfig jump = target.proxyJump(); jump != null; jump = jump.proxyJump()) {
      jumps.addFirst(jump);
    }
    SSHClient via = null;
    for (SshConfig jump : jumps) {
      try {
        KnownHosts hosts = KnownHosts.read(jump.knownHostsFile());
        KeyProvider jumpKey = IdentityFile.load(jump.identityFile(), jump.passphraseFile());
        warnings.addAll(hosts.problems());
        via = greet(jump, via, new HostKeyCheck(hosts));
        login(via, jump, jumpKey);
      } catch (SshFailure e) {
        throw e.atJump(jump.host());
      }
    }
    return greet(target, via, verifier);
  }

  private SSHClient greet(SshConfig hop, SSHClient via, HostKeyVerifier verifier)
      throws SshFailure {
    SSHClient client = newClient(verifier);
    try {
      if (via == null) {
        client.setSocketFactory(socket.asFactory());
        client.connect(hop.host(), hop.port());
      } else {
        PortChannel channel = openThroughJump(via, hop);
        client.connectVia(channel, hop.host(), hop.port());
      }
      return client;
    } catch (IOException e) {
      if (verifier instanceof HostKeyCheck check && check.refusal() != null) {
        throw check.refusal();
      }
      throw SshFailureWords.ofGreeting(hop, e);
    }
  }

  private SSHClient newClient(HostKeyVerifier verifier) {
    SSHClient client = new SSHClient(SshAlgorithms.config());
    clients.addFirst(client);
    client.addHostKeyVerifier(verifier);
    int timeoutMillis = (int) ANSWER_TIMEOUT.toMillis();
    // Ends the wait for a greeting; sshj's reader ignores it afterwards.
    client.setTimeout(timeoutMillis);
    client.getTransport().setTimeoutMs(timeoutMillis);
    // The connection took the transport's default of 30 s when it was made.
    client.getConnection().setTimeoutMs(timeoutMillis);
    // Before connect: afterwards the thread is never started.
    KeepAliveRunner keepAlive = (KeepAliveRunner) client.getConnection().getKeepAlive();
    keepAlive.setKeepAliveInterval(KEEP_ALIVE_SECONDS);
    keepAlive.setMaxAliveCount(KEEP_ALIVE_COUNT);
    client
        .getTransport()
        .setDisconnectListener((reason, message) -> lost(SshFailureWords.ofLoss(reason, message)));
    return client;
  }

  private void lost(String why) {
    lossReason = why;
    onLost.accept(this, why);
  }

  private static PortChannel openThroughJump(SSHClient via, SshConfig hop) throws SshFailure {
    try {
      return open(via, hop.host(), hop.port());
    } catch (IOException e) {
      String why = e instanceof OpenFailException ? e.getMessage() : "no answer in time";
      throw new SshFailure(
          FailureCode.SSH_UNREACHABLE,
          "jump host "
              + via.getRemoteHostname()
              + " cannot reach "
              + hop.host()
              + " port "
              + hop.port()
              + ": "
              + why,
          e);
    }
  }

  private static void login(SSHClient client, SshConfig hop, KeyProvider key) throws SshFailure {
    try {
      client.auth(hop.user(), new AuthPublickey(key));
    } catch (IOException e) {
      throw SshFailureWords.ofLogin(hop, client.getUserAuth(), e);
    } catch (IllegalStateException e) {
      throw new SshFailure(FailureCode.SSH_UNREACHABLE, "the connection ended before the login", e);
    }
  }

  /** Methods that the server offers this user, in its own words; "none" if it asks for nothing. */
  static List<String> offeredMethods(SSHClient client, SshConfig hop) throws SshFailure {
    try {
      client.auth(hop.user(), new AuthNone());
      return List.of("none");
    } catch (IOException e) {
      List<String> methods = List.copyOf(client.getUserAuth().getAllowedMethods());
      if (methods.isEmpty()) {
        throw SshFailureWords.ofLogin(hop, client.getUserAuth(), e);
      }
      return methods;
    }
  }

  /**
   * Opens a channel to the probe, or starts it; blocks for at most twice {@link #ANSWER_TIMEOUT}.
   */
  ProbeChannel open(ProbeAccess probe) throws SshFailure {
    SSHClient client = clients.peekFirst();
    try {
      return probe instanceof ProbeCommand command
          ? start(client, command)
          : open(client, (ProbeAddress) probe);
    } catch (IOException e) {
      if (client.isConnected() && silence().compareTo(KEEP_ALIVE_MISSED) > 0) {
        // The probe is not to blame where the login node itself says nothing.
        throw new SshFailure(
            FailureCode.SSH_UNREACHABLE,
            "nothing heard from the login node for " + silence().toSeconds() + " s",
            e);
      }
      throw SshFailureWords.ofChannel(target, probe, client, e);
    }
  }

  private static CommandChannel start(SSHClient client, ProbeCommand command) throws IOException {
    CommandChannel channel = new CommandChannel(client.getConnection(), command);
    channel.startOrAbandon();
    return channel;
  }

  private static PortChannel open(SSHClient client, ProbeAddress probe) throws IOException {
    return open(client, probe.host(), probe.port());
  }

  private static PortChannel open(SSHClient client, String host, int port) throws IOException {
    // ssh takes an IPv6 address bare, a URL in brackets.
    String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    PortChannel channel = new PortChannel(client.getConnection(), bare, port);
    channel.openOrAbandon();
    return channel;
  }

  /** Lines of the known_hosts files that could not be read; for the log, after connect. */
  List<String> warnings() {
    return List.copyOf(warnings);
  }

  /** Why the connection ended; null while it stands. */
  String lossReason() {
    return lossReason;
  }

  /** Time since dialling or connecting began; zero while it waits for its turn. */
  Duration age() {
    long started = startedNanos.get();
    return started == 0 ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - started);
  }

  /** Time since the first hop was last heard; zero before there is a connection. */
  Duration silence() {
    SshSocket current = socket;
    return current == null ? Duration.ZERO : current.silence();
  }

  /** Ends whatever is under way by closing the socket below; any thread, returns at once. */
  void abort() {
    aborted = true;
    SshSocket current = socket;
    if (current != null) {
      SshSocket.closeQuietly(current);
    }
  }

  /**
   * Ends sshj's threads. The socket goes first: then nothing that sshj waits for in here can take
   * long, and a keep-alive thread that would survive a failed login is ended too.
   */
  void close() {
    abort();
    for (SSHClient client : clients) {
      try {
        client.close();
      } catch (IOException | RuntimeException ignored) {
        // Its socket is closed already; a client behind a jump host trips over its own last packet.
      }
    }
  }
}
