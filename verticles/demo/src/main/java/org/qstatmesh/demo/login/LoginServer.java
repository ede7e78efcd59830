package org.qstatmesh.demo.login;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.net.SshdSocketAddress;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.server.forward.DirectTcpipFactory;
import org.apache.sshd.server.forward.RejectAllForwardingFilter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An ssh server on a free port of 127.0.0.1. Any thread. */
public final class LoginServer implements AutoCloseable {
  /** Who may log in. */
  public static final String USER = "demo";

  private static final Logger LOG = LoggerFactory.getLogger(LoginServer.class);
  private static final Duration LONGEST_STOP = Duration.ofSeconds(2);
  private static final int WORKERS = 2;

  private final SshServer server = SshServer.setUpDefaultServer();
  private final Set<Integer> forwardable = ConcurrentHashMap.newKeySet();
  private final Path identityFile;
  private final Path knownHostsFile;

  private LoginServer(Path directory) throws IOException {
    Files.createDirectories(directory);
    identityFile = directory.resolve("demo");
    knownHostsFile = directory.resolve("known_hosts");
    KeyPair login = LoginKeys.newEd25519();
    KeyPair host = LoginKeys.newEd25519();
    LoginKeys.writePrivate(login, identityFile);
    configure(login, host);
    server.start();
    Files.writeString(knownHostsFile, LoginKeys.knownHostsLine(host.getPublic(), port()));
  }

  /**
   * Makes keys, writes them to a folder and serves.
   *
   * @param directory an absolute path; made when it is not there
   */
  public static LoginServer start(Path directory) throws IOException {
    return new LoginServer(directory);
  }

  private void configure(KeyPair login, KeyPair host) {
    server.setHost("127.0.0.1");
    server.setPort(0);
    server.setKeyPairProvider(KeyPairProvider.wrap(host));
    server.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE));
    server.setPublickeyAuthenticator(
        (user, key, session) -> user.equals(USER) && KeyUtils.compareKeys(key, login.getPublic()));
    // no session channels: neither shell nor exec nor sftp
    server.setChannelFactories(List.of(DirectTcpipFactory.INSTANCE));
    server.setForwardingFilter(new ProbesOnly());
    CoreModuleProperties.NIO_WORKERS.set(server, WORKERS);
    CoreModuleProperties.STOP_WAIT_TIME.set(server, LONGEST_STOP);
  }

  private final class ProbesOnly extends RejectAllForwardingFilter {
    @Override
    public boolean canConnect(Type type, SshdSocketAddress address, Session session) {
      return type == Type.Direct
          && address.getHostName().equals("127.0.0.1")
          && forwardable.contains(address.getPort());
    }
  }

  /** Lets clients reach this port of 127.0.0.1. */
  public void allowForwardingTo(int port) {
    forwardable.add(port);
  }

  /** Where it serves. */
  public int port() {
    return server.getPort();
  }

  /** The one key that may log in. */
  public Path identityFile() {
    return identityFile;
  }

  /** Its host key. */
  public Path knownHostsFile() {
    return knownHostsFile;
  }

  /** Ends every connection; at most 2 s. */
  @Override
  public void close() {
    try {
      server.stop(true);
    } catch (IOException e) {
      LOG.warn("the demo's ssh server did not stop in order: {}", e.toString());
    }
  }
}
