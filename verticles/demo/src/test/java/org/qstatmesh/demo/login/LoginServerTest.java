package org.qstatmesh.demo.login;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ChannelDirectTcpip;
import org.apache.sshd.client.channel.ClientChannel;
import org.apache.sshd.client.keyverifier.KnownHostsServerKeyVerifier;
import org.apache.sshd.client.keyverifier.RejectAllServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.channel.Channel;
import org.apache.sshd.common.util.net.SshdSocketAddress;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class LoginServerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @TempDir Path directory;
  private LoginServer server;
  private SshClient client;

  @BeforeEach
  void start() throws IOException {
    server = LoginServer.start(directory);
    client = SshClient.setUpDefaultClient();
    client.setServerKeyVerifier(
        new KnownHostsServerKeyVerifier(
            RejectAllServerKeyVerifier.INSTANCE, server.knownHostsFile()));
    client.start();
  }

  @AfterEach
  void stop() {
    client.stop();
    server.close();
  }

  private ClientSession login(String user, KeyPair key) throws IOException {
    ClientSession session =
        client.connect(user, "127.0.0.1", server.port()).verify(PATIENCE).getSession();
    session.addPublicKeyIdentity(key);
    session.auth().verify(PATIENCE);
    return session;
  }

  private KeyPair key() throws Exception {
    String text = Files.readString(server.identityFile());
    assertTrue(text.startsWith("-----BEGIN OPENSSH PRIVATE KEY-----"));
    return SecurityUtils.loadKeyPairIdentities(
            null, NamedResource.ofName("demo"), Files.newInputStream(server.identityFile()), null)
        .iterator()
        .next();
  }

  private static Channel openTo(ClientSession session, String host, int port) throws Exception {
    ChannelDirectTcpip channel =
        session.createDirectTcpipChannel(
            new SshdSocketAddress("127.0.0.1", 1), new SshdSocketAddress(host, port));
    channel.open().verify(PATIENCE);
    return channel;
  }

  @Test
  void forwardsToAProbeThatIsAllowed() throws Exception {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ClientSession session = login("demo", key())) {
      server.allowForwardingTo(probe.getLocalPort());
      ChannelDirectTcpip channel =
          (ChannelDirectTcpip) openTo(session, "127.0.0.1", probe.getLocalPort());
      try (Socket accepted = probe.accept()) {
        accepted.getOutputStream().write("hello".getBytes(US_ASCII));
        byte[] received = channel.getInvertedOut().readNBytes(5);
        assertArrayEquals("hello".getBytes(US_ASCII), received);
      }
    }
  }

  @Test
  void refusesEveryOtherPortAndHost() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ClientSession session = login("demo", key())) {
      int port = other.getLocalPort();
      assertThrows(SshException.class, () -> openTo(session, "127.0.0.1", port));
      server.allowForwardingTo(port);
      assertThrows(SshException.class, () -> openTo(session, "127.0.0.2", port));
      assertThrows(SshException.class, () -> openTo(session, "127.0.0.1", server.port()));
      assertTrue(session.isOpen());
    }
  }

  @Test
  void refusesShellCommandFilesAndRemoteForwards() throws Exception {
    try (ClientSession session = login("demo", key())) {
      for (ClientChannel channel :
          List.of(
              session.createExecChannel("id"),
              session.createShellChannel(),
              session.createSubsystemChannel("sftp"))) {
        assertThrows(SshException.class, () -> channel.open().verify(PATIENCE));
      }
      SshdSocketAddress any = new SshdSocketAddress("127.0.0.1", 0);
      assertThrows(SshException.class, () -> session.startRemotePortForwarding(any, any));
    }
  }

  @Test
  void refusesOtherKeysAndOtherUsers() throws Exception {
    KeyPair right = key();
    KeyPair wrong = LoginKeys.newEd25519();
    assertThrows(SshException.class, () -> login("demo", wrong));
    assertThrows(SshException.class, () -> login("root", right));
  }

  @Test
  void privateKeyIsForItsOwnerAlone() throws Exception {
    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(server.identityFile())));
    assertTrue(
        Files.readString(server.knownHostsFile())
            .startsWith("[127.0.0.1]:" + server.port() + " ssh-ed25519 AAAA"));
  }
}
