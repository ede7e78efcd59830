package org.qstatmesh.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.Matcher;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.it.kit.Checkout;
import org.qstatmesh.it.kit.Eventually;
import org.qstatmesh.it.kit.FakeScheduler;
import org.qstatmesh.it.kit.GridClient;
import org.qstatmesh.it.kit.MeshConf;
import org.qstatmesh.it.kit.MeshProcess;
import org.qstatmesh.it.kit.ProbeProcess;
import org.qstatmesh.it.kit.RunningProcess;
import org.qstatmesh.it.kit.Sshd;

/** How a cluster gets in, by the words that a person types, and how its way is tried. */
@Timeout(180)
class AddAndCheckIT {
  @TempDir private static Path shared;
  @TempDir private Path directory;

  private static Sshd sshd;
  private static ProbeProcess probe;
  private MeshConf conf;

  @BeforeAll
  static void oneCluster() throws Exception {
    sshd = Sshd.start(shared.resolve("ssh"));
    probe = ProbeProcess.serving(FakeScheduler.openPbs(shared.resolve("openpbs")));
  }

  @AfterAll
  static void stop() {
    probe.close();
    sshd.close();
  }

  @BeforeEach
  void emptyConf() throws IOException {
    conf = MeshConf.in(directory.resolve("conf"), 10);
  }

  @Test
  void addBringsAClusterIntoARunningMesh() throws Exception {
    try (MeshProcess mesh = MeshProcess.start(conf, directory.resolve("data"));
        RunningProcess add = add("hpc9")) {
      String fingerprint = RunningProcess.run("ssh-keygen", "-lf", sshd.hostKey().toString());
      Matcher shown = add.awaitLine("ssh-ed25519 (SHA256:\\S+)");
      assertTrue(fingerprint.contains(shown.group(1)), fingerprint);
      add.type("yes");
      String line = add.awaitLine("^(restrict,.* ssh-ed25519 .*)$").group(1);
      sshd.authorize(line);
      add.awaitLine("Written: .*hpc9.json");
      add.type("");
      assertEquals(0, add.exitCode(Eventually.PATIENCE), add::output);
      assertTrue(add.output().contains("openpbs 23.06.06 on login1"), add::output);
      assertTrue(add.output().contains("170 jobs of 7 users"), add::output);
      Path key = conf.directory().resolve("keys/hpc9");
      assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(key)));
      try (GridClient client = awaitConfigured(mesh, "hpc9")) {
        client.awaitHealthy("hpc9");
      }
    } finally {
      sshd.authorize(Files.readString(Path.of(sshd.userKey() + ".pub")));
    }
  }

  /** A row may be asked for once the mesh has taken up the new file. */
  private static GridClient awaitConfigured(MeshProcess mesh, String cluster) throws Exception {
    mesh.process().awaitLine(cluster + " answers");
    return GridClient.watching(mesh.page(), cluster);
  }

  @Test
  void aHostKeyThatIsNotTrustedEndsIt() throws Exception {
    try (RunningProcess add = add("hpc9")) {
      add.awaitLine("SHA256:");
      add.type("no");
      assertEquals(1, add.exitCode(Eventually.PATIENCE), add::output);
      assertFalse(Files.exists(conf.directory().resolve("hpc9.json")));
      assertFalse(Files.exists(conf.directory().resolve("known_hosts")));
    }
  }

  @Test
  void checkNamesTheStepThatFails() throws Exception {
    conf.throughSsh("good", probe.endpoint(), sshd)
        .throughSsh("stranger", probe.endpoint(), sshd, sshd.strangerKey())
        .throughSsh("noprobe", "tcp://127.0.0.1:1", sshd)
        .direct("nothing", "tcp://127.0.0.1:1");
    try (RunningProcess good = check("good")) {
      assertEquals(0, good.exitCode(Eventually.PATIENCE), good::output);
      assertTrue(good.output().contains("170 jobs of 7 users"), good::output);
      assertTrue(good.output().contains("12 with 336 cores"), good::output);
    }
    assertFails("stranger", "SSH_AUTH_REFUSED");
    assertFails("noprobe", "PROBE_UNREACHABLE");
    assertFails("nothing", "PROBE_UNREACHABLE");
  }

  @Test
  void checkTellsAChangedHostKey() throws Exception {
    conf.throughSsh("good", probe.endpoint(), sshd);
    sshd.swapHostKey();
    try {
      assertFails("good", "HOST_KEY_MISMATCH");
    } finally {
      sshd.keepHostKey();
    }
  }

  private void assertFails(String cluster, String code) throws IOException {
    try (RunningProcess check = check(cluster)) {
      assertEquals(1, check.exitCode(Eventually.PATIENCE), check::output);
      assertTrue(check.output().matches("(?s).*FAIL.*" + code + ".*try: .*"), check::output);
    }
  }

  private RunningProcess check(String cluster) throws IOException {
    return command("check", cluster, "--conf", conf.directory().toString());
  }

  private RunningProcess add(String id) throws IOException {
    String login = System.getProperty("user.name") + "@127.0.0.1:" + sshd.port();
    return command(
        "add", id, login, "--probe", probe.endpoint(), "--conf", conf.directory().toString());
  }

  private static RunningProcess command(String... arguments) throws IOException {
    return RunningProcess.start("qstat-mesh", Checkout.mesh(List.of(arguments)));
  }
}
