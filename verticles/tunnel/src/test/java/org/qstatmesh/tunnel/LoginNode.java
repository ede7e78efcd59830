package org.qstatmesh.tunnel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.net.SshdSocketAddress;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.password.PasswordAuthenticator;
import org.apache.sshd.server.forward.AcceptAllForwardingFilter;
import org.apache.sshd.server.forward.TcpForwardingFilter;

/** A login node: Apache MINA's ssh server on a port of 127.0.0.1 that the kernel chose. */
final class LoginNode implements AutoCloseable {
  private final SshServer server = SshServer.setUpDefaultServer();
  private final KeyPair hostKey;
  private final Set<PublicKey> authorized = ConcurrentHashMap.newKeySet();
  private volatile boolean forwarding = true;

  LoginNode() {
    this("ecdsa-sha2-nistp256", 256);
  }

  LoginNode(String hostKeyType, int bits) {
    this(newKey(hostKeyType, bits), 0);
  }

  private LoginNode(KeyPair hostKey, int port) {
    this.hostKey = hostKey;
    server.setHost("127.0.0.1");
    server.setPort(port);
    server.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
    server.setPublickeyAuthenticator(
        (user, key, session) -> authorized.stream().anyMatch(k -> KeyUtils.compareKeys(k, key)));
    server.setForwardingFilter(
        new AcceptAllForwardingFilter() {
          @Override
          public boolean canConnect(
              TcpForwardingFilter.Type type, SshdSocketAddress address, Session session) {
            return forwarding;
          }
        });
  }

  static KeyPair newKey(String type, int bits) {
    try {
      return KeyUtils.generateKeyPair(type, bits);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  LoginNode start() {
    try {
      server.start();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same node after a restart: same port, perhaps another host key, same logins. */
  LoginNode again(KeyPair newHostKey) {
    LoginNode next = new LoginNode(newHostKey, port());
    next.authorized.addAll(authorized);
    return next.start();
  }

  KeyPair hostKeyPair() {
    return hostKey;
  }

  LoginNode authorize(Path publicFile) {
    try {
      PublicKeyEntry entry = PublicKeyEntry.parsePublicKeyEntry(Files.readString(publicFile));
      authorized.add(entry.resolvePublicKey(null, null, null));
      return this;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  void forbidLogins() {
    authorized.clear();
  }

  void allowForwarding(boolean allowed) {
    forwarding = allowed;
  }

  /** Login needs these methods; a comma between two means both. */
  LoginNode demand(String methods) {
    CoreModuleProperties.AUTH_METHODS.set(server, methods);
    PasswordAuthenticator nobody = (user, password, session) -> false;
    server.setPasswordAuthenticator(nobody);
    return this;
  }

  SshServer server() {
    return server;
  }

  int port() {
    return server.getPort();
  }

  /** Its line for a known_hosts file. */
  String knownHostsLine() {
    return HostKeySeen.of("127.0.0.1", port(), hostKey.getPublic()).knownHostsLine();
  }

  List<?> sessions() {
    return server.getActiveSessions();
  }

  /** Ends every connection without a word, as a killed process does. */
  void killSessions() {
    server.getActiveSessions().forEach(session -> session.close(true));
  }

  @Override
  public void close() {
    try {
      server.stop(true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
