package org.qstatmesh.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.it.kit.Checkout;
import org.qstatmesh.it.kit.Eventually;
import org.qstatmesh.it.kit.FakeScheduler;
import org.qstatmesh.it.kit.MeshConf;
import org.qstatmesh.it.kit.ProbeProcess;
import org.qstatmesh.it.kit.RunningProcess;
import org.qstatmesh.it.kit.Sshd;

/** What ssh-keygen makes and people have is what OpenSSH's sshd lets us in with. */
@Timeout(240)
class SshWaysIT {
  private static final String PASSPHRASE = "correct horse";

  @TempDir private Path directory;

  private Sshd sshd;
  private ProbeProcess probe;
  private MeshConf conf;

  @BeforeEach
  void start() throws Exception {
    sshd = Sshd.start(directory.resolve("ssh"));
    probe = ProbeProcess.serving(FakeScheduler.torque(directory.resolve("torque")));
    conf = MeshConf.in(directory.resolve("conf"), 10);
  }

  @AfterEach
  void stop() {
    probe.close();
    sshd.close();
  }

  @Test
  void keysOfEveryKindThatPeopleHave() throws Exception {
    StringJoiner authorized = new StringJoiner("\n");
    List<String> kinds = List.of("ed25519", "ecdsa", "rsa", "rsa-pem", "ecdsa-pem");
    for (String kind : kinds) {
      Path key = makeKey(kind, "");
      authorized.add(publicPart(key));
      conf.throughSsh(kind, probe.endpoint(), sshd, key);
    }
    for (String kind : List.of("ed25519", "rsa-pem")) {
      Path key = makeKey(kind, PASSPHRASE);
      authorized.add(publicPart(key));
      Path passphrase = directory.resolve("passphrase-" + kind);
      Files.writeString(passphrase, PASSPHRASE + "\n");
      conf.throughSsh(
          "locked-" + kind,
          probe.endpoint(),
          sshd,
          ssh ->
              ssh.put("identityFile", key.toString()).put("passphraseFile", passphrase.toString()));
    }
    sshd.authorize(authorized.toString());
    assertEveryStepWorks(kinds.size() + 2);
  }

  @Test
  void hashedNamesAndAJumpHost() throws Exception {
    try (Sshd gate = Sshd.start(directory.resolve("gate"))) {
      RunningProcess.run("ssh-keygen", "-q", "-H", "-f", sshd.knownHosts().toString());
      assertTrue(Files.readString(sshd.knownHosts()).startsWith("|1|"), "the names are hashed");
      conf.throughSsh("hashed", probe.endpoint(), sshd)
          .throughSsh(
              "jump",
              probe.endpoint(),
              sshd,
              ssh -> MeshConf.login(ssh.putObject("proxyJump"), gate));
      assertEveryStepWorks(2);
      gate.stop();
      try (RunningProcess check = check("jump")) {
        assertEquals(1, check.exitCode(Eventually.PATIENCE), check::output);
        assertTrue(check.output().contains("SSH_UNREACHABLE"), check::output);
      }
    }
  }

  @Test
  void hostKeysOfEveryKind() throws Exception {
    try (Sshd ecdsa = Sshd.start(directory.resolve("ecdsa"), "ecdsa");
        Sshd rsa = Sshd.start(directory.resolve("rsa"), "rsa")) {
      conf.throughSsh("ed25519", probe.endpoint(), sshd)
          .throughSsh("ecdsa", probe.endpoint(), ecdsa)
          .throughSsh("rsa", probe.endpoint(), rsa);
      assertEveryStepWorks(3);
    }
  }

  private void assertEveryStepWorks(int clusters) throws IOException {
    try (RunningProcess check = check()) {
      assertEquals(0, check.exitCode(Eventually.PATIENCE), check::output);
      assertFalse(check.output().contains("FAIL"), check::output);
      assertEquals(
          clusters,
          check.output().lines().filter(line -> line.contains("166 jobs of 7 users")).count(),
          check::output);
    }
  }

  private RunningProcess check(String... ids) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("check"));
    arguments.addAll(List.of(ids));
    arguments.addAll(List.of("--conf", conf.directory().toString()));
    return RunningProcess.start("check", Checkout.mesh(arguments));
  }

  /** {@code rsa-pem} is an rsa key in the form that ssh-keygen wrote before OpenSSH 7.8. */
  private Path makeKey(String kind, String passphrase) throws Exception {
    Path key = directory.resolve((passphrase.isEmpty() ? "open-" : "locked-") + kind);
    List<String> command = new ArrayList<>(List.of("ssh-keygen", "-q"));
    command.addAll(List.of("-t", kind.replace("-pem", "")));
    if (kind.endsWith("-pem")) {
      command.addAll(List.of("-m", "PEM"));
    }
    command.addAll(List.of("-N", passphrase, "-f", key.toString()));
    RunningProcess.run(command.toArray(String[]::new));
    return key;
  }

  private static String publicPart(Path key) throws IOException {
    return Files.readString(Path.of(key + ".pub")).strip();
  }
}
