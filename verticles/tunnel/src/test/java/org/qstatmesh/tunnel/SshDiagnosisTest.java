package org.qstatmesh.tunnel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.bus.ClusterConfig;
import org.qstatmesh.bus.Failure;
import org.qstatmesh.bus.FailureCode;
import org.qstatmesh.bus.SshConfig;
import org.qstatmesh.tunnel.SshDiagnosis.StepFailed;

@Timeout(60)
class SshDiagnosisTest {
  @TempDir Path folder;
  private final LoginNode node = new LoginNode().start();
  private final EchoServer probe = new EchoServer();
  private Path known;
  private Path identity;

  @BeforeEach
  void namePaths() {
    known = folder.resolve("known_hosts");
    identity = folder.resolve("hpc1");
  }

  @AfterEach
  void closePeers() {
    node.close();
    probe.close();
  }

  private SshDiagnosis diagnosis() {
    SshConfig ssh = new SshConfig("127.0.0.1", node.port(), "qstat", identity, null, known, null);
    return new SshDiagnosis(Fixture.cluster("hpc1", probe.port(), ssh));
  }

  /** The steps of adding a cluster, each failing first and mended by the one before the next. */
  @Test
  void leadsFromNothingToAProbe() throws Exception {
    SshDiagnosis diagnosis = diagnosis();
    HostKeySeen seen = diagnosis.hostKey();
    assertEquals(node.knownHostsLine(), seen.knownHostsLine());
    assertEquals("ecdsa-sha2-nistp256", seen.type());
    assertTrue(seen.sha256Fingerprint().matches("SHA256:[A-Za-z0-9+/]{43}"));

    StepFailed untrusted = assertThrows(StepFailed.class, diagnosis::loginMethods);
    assertEquals(FailureCode.HOST_KEY_MISMATCH, untrusted.failure().code());
    Fixture.write(known, seen.knownHostsLine() + "\nnonsense\n");
    assertEquals(
        List.of(known + " line 2: not of the form \"host type key\""),
        diagnosis.knownHostsProblems());
    assertTrue(diagnosis.loginMethods().contains("publickey"), "" + diagnosis.loginMethods());

    assertEquals(FailureCode.SSH_AUTH_REFUSED, code(diagnosis.tryLogin()));
    String line = KeyPairFile.generateEd25519(identity, "qstat-mesh hpc1");
    assertTrue(line.endsWith(" qstat-mesh hpc1"), line);
    assertEquals(FailureCode.SSH_AUTH_REFUSED, code(diagnosis.tryLogin()));
    node.authorize(folder.resolve("hpc1.pub"));
    assertEquals(Optional.empty(), diagnosis.tryLogin());

    node.allowForwarding(false);
    assertEquals(FailureCode.PROBE_UNREACHABLE, code(diagnosis.tryProbe()));
    node.allowForwarding(true);
    assertEquals(Optional.empty(), diagnosis.tryProbe());
    try (SshForward forward = diagnosis.openForward()) {
      byte[] bytes = {1, 2, 3};
      assertArrayEquals(bytes, Fixture.roundTrip(forward.endpoint(), bytes));
    }
  }

  private static FailureCode code(Optional<Failure> failure) {
    return failure.map(Failure::code).orElse(null);
  }

  @Test
  void hostKeyOfADeadHostFails() {
    node.close();
    StepFailed failed = assertThrows(StepFailed.class, () -> diagnosis().hostKey());
    assertEquals(FailureCode.SSH_UNREACHABLE, failed.failure().code());
  }

  @Test
  void clusterWithoutSshHasNoSteps() {
    ClusterConfig direct = Fixture.cluster("hpc1", probe.port(), null);
    assertThrows(IllegalArgumentException.class, () -> new SshDiagnosis(direct));
  }

  @Test
  void addressesOfAName() {
    assertEquals(List.of("127.0.0.1"), SshDiagnosis.addresses("127.0.0.1"));
    assertEquals(List.of(), SshDiagnosis.addresses("no.such.host.invalid"));
  }

  @Test
  void keyIsPrivateAndNeverOverwritten() throws IOException {
    String line = KeyPairFile.generateEd25519(identity, "qstat-mesh hpc1");
    assertTrue(line.matches("ssh-ed25519 [A-Za-z0-9+/=]+ qstat-mesh hpc1"), line);
    assertEquals(line + "\n", Files.readString(folder.resolve("hpc1.pub")));
    assertEquals(
        PosixFilePermissions.fromString("rw-------"), Files.getPosixFilePermissions(identity));
    assertEquals(line, KeyPairFile.publicLine(identity, null, "qstat-mesh hpc1"));
    assertThrows(
        FileAlreadyExistsException.class, () -> KeyPairFile.generateEd25519(identity, "again"));
    assertThrows(
        IllegalArgumentException.class,
        () -> KeyPairFile.generateEd25519(folder.resolve("x"), "two\nlines"));
  }

  @Test
  void publicLineOfAnEncryptedKeyThatSshKeygenMade() throws IOException {
    String expected = Files.readString(Fixture.publicKey("ecdsa521-encrypted")).strip();
    String comment = "test key of qstat-mesh";
    assertEquals(
        expected,
        KeyPairFile.publicLine(Fixture.key("ecdsa521-encrypted"), Fixture.PASSPHRASE, comment));
    IOException locked =
        assertThrows(
            IOException.class,
            () -> KeyPairFile.publicLine(Fixture.key("ecdsa521-encrypted"), null, comment));
    assertTrue(locked.getMessage().contains("is encrypted"), locked.getMessage());
  }
}
