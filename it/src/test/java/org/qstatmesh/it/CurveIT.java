package org.qstatmesh.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
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
import org.zeromq.ZMQ;

/** A probe that listens where others are, and lets in the one mesh that has its key. */
@Timeout(240)
class CurveIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path directory;

  private Sshd sshd;
  private FakeScheduler scheduler;
  private MeshConf conf;

  @BeforeEach
  void start() throws Exception {
    sshd = Sshd.start(directory.resolve("ssh"));
    scheduler = FakeScheduler.openPbs(directory.resolve("openpbs"));
    conf = MeshConf.in(directory.resolve("conf"), 6);
  }

  @AfterEach
  void stop() {
    sshd.close();
  }

  @Test
  void addMakesTheKeysOfBothEnds() throws Exception {
    int port = Checkout.freePort();
    String login = System.getProperty("user.name") + "@127.0.0.1:" + sshd.port();
    List<String> words =
        List.of(
            "add",
            "hpc1",
            login,
            "--curve",
            "--probe",
            "tcp://127.0.0.1:" + port,
            "--conf",
            conf.directory().toString());
    Path keys = conf.directory().resolve("keys");
    try (MeshProcess mesh = MeshProcess.start(conf, directory.resolve("data"));
        RunningProcess add = RunningProcess.start("qstat-mesh", Checkout.mesh(words))) {
      add.awaitLine("ssh-ed25519 SHA256:\\S+");
      add.type("yes");
      sshd.authorize(add.awaitLine("^(restrict,.* ssh-ed25519 .*)$").group(1));
      Path printed = Path.of(add.awaitLine("^scp -p -P \\d+ (\\S+) \\S+@127.0.0.1:$").group(1));
      assertEquals(keys.resolve("hpc1.probe-curve.json"), printed);
      add.awaitLine("^qstat-probe serve --curve hpc1.probe-curve.json$");
      assertMode(printed);
      assertMode(keys.resolve("hpc1.curve"));
      // As scp -p would have it on the other side.
      Path there = Files.move(printed, directory.resolve("hpc1.probe-curve.json"));
      try (ProbeProcess probe =
          ProbeProcess.servingAt(
              "tcp://127.0.0.1:" + port, scheduler, "--curve", there.toString())) {
        add.awaitLine("Written: .*hpc1.json");
        add.type("");
        assertEquals(0, add.exitCode(Eventually.PATIENCE), add::output);
        assertTrue(add.output().contains("170 jobs of 7 users"), add::output);
        mesh.process().awaitLine("hpc1 answers");
        try (GridClient client = GridClient.watching(mesh.page(), "hpc1")) {
          JsonNode row = client.awaitHealthy("hpc1");
          assertEquals(ClusterTruth.openPbs().row().path("slots"), row.path("slots"));
        }
        assertKeepsSecrets(keys.resolve("hpc1.curve"), mesh.log(), add.output());
        assertKeepsSecrets(there, mesh.log(), add.output(), probe.process().output());
      }
      LogRules.assertNoException(mesh.log());
    }
  }

  private static void assertMode(Path file) throws IOException {
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
  }

  private static void assertKeepsSecrets(Path keyFile, String... outputs) throws IOException {
    String secret = JSON.readTree(Files.readString(keyFile)).path("secretKey").asText();
    assertEquals(40, secret.length());
    for (String output : outputs) {
      assertFalse(output.contains(secret));
    }
  }

  @Test
  void whoseKeyIsNotListedGetsNothingAndCheckSaysWhatToCompare() throws Exception {
    Path theirs = keyPair("theirs");
    Path ours = keyPair("ours");
    Path stranger = keyPair("stranger");
    Path probeFile = directory.resolve("probe-curve.json");
    Files.writeString(
        probeFile,
        JSON.writeValueAsString(
            JSON.createObjectNode()
                .put("publicKey", part(theirs, "publicKey"))
                .put("secretKey", part(theirs, "secretKey"))
                .set("clients", JSON.createObjectNode().put("mesh", part(ours, "publicKey")))));
    Files.setPosixFilePermissions(probeFile, PosixFilePermissions.fromString("rw-------"));
    try (ProbeProcess guarded = ProbeProcess.serving(scheduler, "--curve", probeFile.toString());
        ProbeProcess plain = ProbeProcess.serving(scheduler)) {
      String theirKey = part(theirs, "publicKey");
      cluster("listed", guarded, theirKey, ours);
      cluster("stranger", guarded, theirKey, stranger);
      cluster("mistaken", guarded, part(stranger, "publicKey"), ours);
      cluster("plain", plain, theirKey, ours);
      conf.throughSsh("nokeys", guarded.endpoint(), sshd);
      try (MeshProcess mesh = MeshProcess.start(conf, directory.resolve("data"));
          GridClient client =
              GridClient.watching(
                  mesh.page(), "listed", "stranger", "mistaken", "plain", "nokeys")) {
        client.awaitHealthy("listed");
        for (String id : List.of("stranger", "mistaken", "plain", "nokeys")) {
          client.awaitFailure(id, "PROBE_TIMEOUT");
          assertEquals(0, client.row(id).path("jobs").path("running").asInt(), id);
        }
        LogRules.assertNoException(mesh.log());
      }
      assertTrue(check("listed", 0).contains("170 jobs of 7 users"));
      String refused = check("stranger", 1);
      assertTrue(refused.contains(part(stranger, "publicKey")), refused);
      assertTrue(refused.contains("FAIL probe       PROBE_TIMEOUT"), refused);
      assertTrue(check("plain", 1).contains("start it with serve --curve"));
      assertTrue(check("nokeys", 1).contains("qstat-mesh add --curve makes"));
    }
  }

  private void cluster(String id, ProbeProcess probe, String serverKey, Path pair)
      throws IOException {
    conf.throughSsh(
        id,
        sshd,
        sshd.userKey(),
        cluster ->
            cluster
                .put("probe", probe.endpoint())
                .putObject("curve")
                .put("serverKey", serverKey)
                .put("keyFile", pair.toString()));
  }

  /** A pair as {@code add} makes it. */
  private Path keyPair(String name) throws Exception {
    ZMQ.Curve.KeyPair pair = ZMQ.Curve.generateKeyPair();
    Path file = directory.resolve(name + ".curve");
    Files.writeString(
        file,
        JSON.writeValueAsString(
            JSON.createObjectNode()
                .put("publicKey", pair.publicKey)
                .put("secretKey", pair.secretKey)));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return file;
  }

  private static String part(Path keyFile, String name) throws IOException {
    return JSON.readTree(Files.readString(keyFile)).path(name).asText();
  }

  private String check(String id, int expected) throws IOException {
    List<String> words = List.of("check", id, "--conf", conf.directory().toString());
    try (RunningProcess check = RunningProcess.start("check", Checkout.mesh(words))) {
      assertEquals(expected, check.exitCode(Eventually.PATIENCE), check::output);
      return check.output();
    }
  }
}
