package org.qstatmesh.tunnel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.common.kex.BuiltinDHFactories;
import org.apache.sshd.common.kex.KeyExchangeFactory;
import org.apache.sshd.server.ServerBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qstatmesh.bus.FailureCode;
import org.qstatmesh.bus.ProbeAddress;
import org.qstatmesh.bus.SshConfig;

@Timeout(60)
class SshSessionTest {
  @TempDir Path folder;
  private final List<AutoCloseable> open = new ArrayList<>();
  private final BlockingQueue<String> losses = new LinkedBlockingQueue<>();

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable closeable : open) {
      closeable.close();
    }
  }

  private LoginNode node(String... authorized) {
    return started(new LoginNode(), authorized);
  }

  private LoginNode started(LoginNode node, String... authorized) {
    open.add(node.start());
    for (String key : authorized) {
      node.authorize(Fixture.publicKey(key));
    }
    return node;
  }

  private Path knownHosts(String... lines) {
    return Fixture.write(folder.resolve("known_hosts"), String.join("\n", lines) + "\n");
  }

  private SshSession session(SshConfig config) {
    SshSession session = new SshSession(config, (which, why) -> losses.add(why));
    open.add(0, session::close);
    return session;
  }

  private SshFailure fails(SshConfig config) {
    return assertThrows(SshFailure.class, () -> session(config).connect());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ed25519",
        "ed25519-encrypted",
        "ecdsa256",
        "ecdsa384",
        "ecdsa521-encrypted",
        "rsa",
        "rsa-pem",
        "rsa-pem-encrypted",
        "rsa-pkcs8-encrypted",
        "ecdsa-pem",
        "ecdsa-pem-encrypted",
        "ecdsa-pkcs8"
      })
  void logsInWithEveryKindOfKey(String key) throws Exception {
    LoginNode node = node(key);
    session(Fixture.ssh(node.port(), knownHosts(node.knownHostsLine()), key, null)).connect();
    assertEquals(1, node.sessions().size());
  }

  @Test
  void keyThatTheServerDoesNotKnowIsRefusedByNameOfItsFile() {
    LoginNode node = node("rsa");
    SshFailure failure = fails(Fixture.ssh(node.port(), knownHosts(node.knownHostsLine())));
    assertEquals(FailureCode.SSH_AUTH_REFUSED, failure.code());
    assertTrue(failure.getMessage().contains("keys/ed25519 "), failure.getMessage());
    assertTrue(failure.getMessage().contains("publickey"), failure.getMessage());
  }

  @Test
  void secondFactorIsNamed() {
    LoginNode node = started(new LoginNode().demand("publickey,keyboard-interactive"), "ed25519");
    SshFailure failure = fails(Fixture.ssh(node.port(), knownHosts(node.knownHostsLine())));
    assertEquals(FailureCode.SSH_AUTH_REFUSED, failure.code());
    assertEquals(
        "the server accepts the key of qstat@127.0.0.1 but asks for more: keyboard-interactive",
        failure.getMessage());
  }

  @Test
  void serverWithoutKeysSaysWhatItTakes() {
    LoginNode node = started(new LoginNode().demand("password"));
    SshFailure failure = fails(Fixture.ssh(node.port(), knownHosts(node.knownHostsLine())));
    assertEquals(FailureCode.SSH_AUTH_REFUSED, failure.code());
    assertEquals(
        "the server takes no key for qstat@127.0.0.1, only password", failure.getMessage());
  }

  @Test
  void unknownHostKeyIsRefusedWithItsFingerprint() {
    LoginNode node = node("ed25519");
    SshFailure failure = fails(Fixture.ssh(node.port(), knownHosts("# nobody")));
    assertEquals(FailureCode.HOST_KEY_MISMATCH, failure.code());
    String fingerprint =
        HostKeySeen.of("127.0.0.1", node.port(), node.hostKeyPair().getPublic())
            .sha256Fingerprint();
    assertTrue(failure.getMessage().startsWith("unknown host key: "), failure.getMessage());
    assertTrue(failure.getMessage().contains(fingerprint), failure.getMessage());
  }

  @Test
  void changedHostKeyIsToldApart() {
    LoginNode node = node("ed25519");
    LoginNode other = new LoginNode();
    String line =
        HostKeySeen.of("127.0.0.1", node.port(), other.hostKeyPair().getPublic()).knownHostsLine();
    SshFailure failure = fails(Fixture.ssh(node.port(), knownHosts(line)));
    assertEquals(FailureCode.HOST_KEY_MISMATCH, failure.code());
    assertTrue(failure.getMessage().startsWith("CHANGED host key: "), failure.getMessage());
  }

  @Test
  void revokedHostKeyIsRefusedThoughItIsAlsoKnown() {
    LoginNode node = node("ed25519");
    Path file = knownHosts(node.knownHostsLine(), "@revoked " + node.knownHostsLine());
    SshFailure failure = fails(Fixture.ssh(node.port(), file));
    assertEquals(FailureCode.HOST_KEY_MISMATCH, failure.code());
    assertTrue(failure.getMessage().startsWith("revoked host key: "), failure.getMessage());
  }

  @Test
  void missingKnownHostsFileTrustsNobody() {
    LoginNode node = node("ed25519");
    SshFailure failure = fails(Fixture.ssh(node.port(), folder.resolve("absent")));
    assertEquals(FailureCode.HOST_KEY_MISMATCH, failure.code());
    assertTrue(failure.getMessage().endsWith("absent does not exist"), failure.getMessage());
  }

  @Test
  void asksForTheKeyTypeThatIsOnFile() throws Exception {
    LoginNode node = new LoginNode();
    var rsa = LoginNode.newKey("ssh-rsa", 2048);
    node.server()
        .setKeyPairProvider(
            org.apache.sshd.common.keyprovider.KeyPairProvider.wrap(node.hostKeyPair(), rsa));
    started(node, "ed25519");
    String line = HostKeySeen.of("127.0.0.1", node.port(), rsa.getPublic()).knownHostsLine();
    session(Fixture.ssh(node.port(), knownHosts(line))).connect();
  }

  @Test
  void reachesThroughAJumpHostAndNamesItWhenItFails() throws Exception {
    LoginNode jump = node("ed25519");
    LoginNode node = node("rsa");
    // Each hop has a file of its own: one must not vouch for the other.
    Path ofJump = Fixture.write(folder.resolve("jump_hosts"), jump.knownHostsLine() + "\n");
    Path ofNode = knownHosts(node.knownHostsLine());
    SshConfig way = Fixture.ssh(node.port(), ofNode, "rsa", Fixture.ssh(jump.port(), ofJump));
    SshSession session = session(way);
    session.connect();
    EchoServer echo = new EchoServer();
    open.add(echo);
    session.open(new ProbeAddress("127.0.0.1", echo.port())).closeQuietly();

    jump.forbidLogins();
    SshFailure refused = fails(way);
    assertEquals(FailureCode.SSH_AUTH_REFUSED, refused.code());
    assertTrue(refused.getMessage().startsWith("jump host 127.0.0.1: "), refused.getMessage());
  }

  @Test
  void loginNodeThatTheJumpHostCannotReachIsSaidSo() {
    LoginNode jump = node("ed25519");
    Path known = knownHosts(jump.knownHostsLine());
    SshConfig way =
        Fixture.ssh(Fixture.closedPort(), known, "ed25519", Fixture.ssh(jump.port(), known));
    SshFailure failure = fails(way);
    assertEquals(FailureCode.SSH_UNREACHABLE, failure.code());
    assertTrue(
        failure.getMessage().startsWith("jump host 127.0.0.1 cannot reach 127.0.0.1 port"),
        failure.getMessage());
  }

  @Test
  void serverWithOnlyOldAlgorithmsIsRefusedInWords() {
    LoginNode node = new LoginNode();
    List<KeyExchangeFactory> old =
        List.of(ServerBuilder.DH2KEX.apply(BuiltinDHFactories.dhg14_256));
    node.server().setKeyExchangeFactories(old);
    started(node, "ed25519");
    SshFailure failure = fails(Fixture.ssh(node.port(), knownHosts(node.knownHostsLine())));
    assertEquals(FailureCode.SSH_UNREACHABLE, failure.code());
    assertTrue(failure.getMessage().startsWith("no common key exchange"), failure.getMessage());
    assertTrue(
        failure.getMessage().contains("diffie-hellman-group14-sha256"), failure.getMessage());
  }

  @Test
  void closedPortAndUnknownNameAreUnreachable() {
    Path known = knownHosts("# nobody");
    SshFailure refused = fails(Fixture.ssh(Fixture.closedPort(), known));
    assertEquals(FailureCode.SSH_UNREACHABLE, refused.code());
    assertTrue(refused.getMessage().startsWith("connection refused by 127.0.0.1"));
    SshConfig nameless =
        new SshConfig("no.such.host.invalid", 22, "q", Fixture.key("rsa"), null, known, null);
    assertEquals("no address is known for no.such.host.invalid", fails(nameless).getMessage());
  }

  @Test
  void serverThatNeverGreetsIsGivenUp() throws IOException {
    try (ServerSocket mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      SshFailure failure = fails(Fixture.ssh(mute.getLocalPort(), knownHosts("# nobody")));
      assertEquals(FailureCode.SSH_UNREACHABLE, failure.code());
      assertTrue(failure.getMessage().contains("did not finish the ssh greeting"));
    }
  }

  @Test
  void unusableKeyFilesAreNamed() throws IOException {
    LoginNode node = node("ed25519");
    Path known = knownHosts(node.knownHostsLine());
    Path absent = folder.resolve("absent");
    assertEquals("key file " + absent + " does not exist", refusal(node, known, absent, null));
    Path junk = Fixture.write(folder.resolve("junk"), "hello\n");
    assertEquals(
        "key file " + junk + " is neither an OpenSSH nor a PEM private key",
        refusal(node, known, junk, null));
    Path wrong = Fixture.write(folder.resolve("wrong"), "not this\n");
    for (String name : List.of("ed25519-encrypted", "rsa-pem-encrypted", "rsa-pkcs8-encrypted")) {
      Path key = Fixture.key(name);
      assertEquals(
          "the passphrase in " + wrong + " does not open key file " + key,
          refusal(node, known, key, wrong));
      assertEquals(
          "key file " + key + " is encrypted and no passphraseFile is configured",
          refusal(node, known, key, null));
    }
  }

  private String refusal(LoginNode node, Path known, Path key, Path passphrase) {
    SshFailure failure =
        fails(new SshConfig("127.0.0.1", node.port(), "q", key, passphrase, known, null));
    assertEquals(FailureCode.SSH_AUTH_REFUSED, failure.code());
    return failure.getMessage();
  }

  @Test
  void refusedChannelsAreToldApartAndLeaveTheSessionAlive() throws Exception {
    LoginNode node = node("ed25519");
    SshSession session = session(Fixture.ssh(node.port(), knownHosts(node.knownHostsLine())));
    session.connect();
    ProbeAddress nobody = new ProbeAddress("127.0.0.1", Fixture.closedPort());
    SshFailure closed = assertThrows(SshFailure.class, () -> session.open(nobody));
    assertEquals(FailureCode.PROBE_UNREACHABLE, closed.code());
    assertTrue(closed.getMessage().contains("cannot connect to " + nobody.host()));

    node.allowForwarding(false);
    SshFailure forbidden = assertThrows(SshFailure.class, () -> session.open(nobody));
    assertEquals(FailureCode.PROBE_UNREACHABLE, forbidden.code());
    assertTrue(
        forbidden.getMessage().contains("permitopen=\"127.0.0.1:" + nobody.port() + "\""),
        forbidden.getMessage());

    node.allowForwarding(true);
    EchoServer echo = new EchoServer();
    open.add(echo);
    session.open(new ProbeAddress("127.0.0.1", echo.port())).closeQuietly();
  }

  @Test
  void lossOfTheServerIsTold() throws Exception {
    LoginNode node = node("ed25519");
    SshSession session = session(Fixture.ssh(node.port(), knownHosts(node.knownHostsLine())));
    session.connect();
    node.killSessions();
    String why = losses.poll(5, TimeUnit.SECONDS);
    assertEquals("the login node closed the ssh connection", why);
  }

  @Test
  void forwardCarriesBytesBothWaysAndEndsHalfByHalf() throws Exception {
    LoginNode node = node("ed25519");
    EchoServer echo = new EchoServer();
    open.add(echo);
    SshConfig config = Fixture.ssh(node.port(), knownHosts(node.knownHostsLine()));
    SshDiagnosis diagnosis = new SshDiagnosis(Fixture.cluster("hpc1", echo.port(), config));
    byte[] bytes = new byte[3_000_000];
    new Random(1).nextBytes(bytes);
    try (SshForward forward = diagnosis.openForward()) {
      assertArrayEquals(bytes, Fixture.roundTrip(forward.endpoint(), bytes));
      assertArrayEquals(new byte[] {7}, Fixture.roundTrip(forward.endpoint(), new byte[] {7}));
    }
  }
}
