package org.qstatmesh.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.it.kit.Checkout;
import org.qstatmesh.it.kit.Eventually;
import org.qstatmesh.it.kit.FakeScheduler;
import org.qstatmesh.it.kit.GridClient;
import org.qstatmesh.it.kit.MeshConf;
import org.qstatmesh.it.kit.MeshProcess;
import org.qstatmesh.it.kit.ProbeLauncher;
import org.qstatmesh.it.kit.RunningProcess;
import org.qstatmesh.it.kit.Sshd;

/**
 * Probes that ssh starts: OpenSSH's sshd, keys with forced commands, the packaged probe. Nothing
 * listens, and every key may start one thing only.
 */
@Timeout(240)
class StdioIT {
  @TempDir private static Path directory;

  private static final Map<String, String> AUTHORIZED = new LinkedHashMap<>();
  private static Sshd sshd;
  private static ProbeLauncher launcher;
  private static MeshConf conf;
  private static MeshProcess mesh;

  @BeforeAll
  static void start() throws Exception {
    sshd = Sshd.start(directory.resolve("ssh"));
    launcher =
        ProbeLauncher.in(
            directory.resolve("bin"), FakeScheduler.torque(directory.resolve("torque")));
    conf = MeshConf.in(directory.resolve("conf"), 8);
    cluster("steady", launcher.command());
    cluster("missing", "/no/such/qstat-probe serve --stdio");
    cluster("talks", "echo Welcome to HPC 1; " + launcher.command());
    cluster("silent", "cat > /dev/null");
    cluster("nologin", "/usr/sbin/nologin");
    mesh = MeshProcess.start(conf, directory.resolve("data"));
  }

  @AfterAll
  static void stop() {
    if (mesh != null) {
      mesh.close();
      LogRules.assertNoException(mesh.log());
      LogRules.assertPrintable(mesh.log());
    }
    sshd.close();
  }

  /** A row of its own, behind a key of its own that forces this command. */
  private static void cluster(String id, String forced) throws Exception {
    Path key = Sshd.newKey(directory.resolve("key-" + id));
    force(id, forced);
    conf.throughSsh(id, sshd, key, cluster -> cluster.put("probe", "stdio"));
  }

  private static void force(String id, String command) throws IOException {
    String key = Files.readString(Path.of(directory.resolve("key-" + id) + ".pub")).strip();
    AUTHORIZED.put(id, "restrict,command=\"%s\" %s".formatted(command, key));
    sshd.authorize(String.join("\n", AUTHORIZED.values()));
  }

  private static GridClient watching(String cluster) throws Exception {
    return GridClient.watching(mesh.page(), cluster);
  }

  @Test
  void theRowIsTheTruthAndOneProbeServesAllPolls() throws Exception {
    try (GridClient client = watching("steady")) {
      JsonNode row = client.awaitHealthy("steady");
      ClusterTruth truth = ClusterTruth.torque();
      assertEquals(truth.drms(), row.path("drms").asText());
      for (String part : List.of("jobs", "slots", "gpus", "nodes")) {
        assertEquals(truth.row().path(part), row.path(part), part);
      }
      client.awaitRow(
          "steady",
          "a later snapshot of the same probe",
          later ->
              starter(later).equals(starter(row))
                  && !later.path("snapshotId").equals(row.path("snapshotId")));
      JsonNode jobs = client.ask("grid.jobs.query", Questions.jobsOf("steady", "erin", "RUNNING"));
      assertEquals(3, jobs.path("total").asInt(), jobs::toString);
    }
  }

  /** What all snapshots of one run of a probe begin with. */
  private static String starter(JsonNode row) {
    return row.path("snapshotId").asText().replaceFirst("-.*", "");
  }

  @Test
  void aKilledProbeIsStartedAgain() throws Exception {
    try (GridClient client = watching("steady")) {
      String before = starter(client.awaitHealthy("steady"));
      ProcessHandle java =
          sshd.handle()
              .descendants()
              .filter(process -> process.info().command().orElse("").endsWith("/java"))
              .findFirst()
              .orElseThrow();
      assertTrue(java.destroyForcibly());
      client.awaitRow(
          "steady",
          "rows of another run",
          row -> GridClient.healthy(row) && !starter(row).equals(before));
    }
  }

  @Test
  void aCommandThatIsNotThereIsNamedAndFoundOnceItIs() throws Exception {
    try (GridClient client = watching("missing")) {
      JsonNode failed = client.awaitFailure("missing", "PROBE_UNREACHABLE");
      String detail = failed.path("failure").path("detail").asText();
      assertTrue(detail.contains("exit code 127, command not found; it last said: "), detail);
      assertTrue(detail.contains("/no/such/qstat-probe"), detail);
      String hint = failed.path("failure").path("hint").asText();
      assertTrue(hint.contains("authorized_keys"), hint);
      force("missing", launcher.command());
      client.awaitHealthy("missing");
    }
  }

  @Test
  void aShellThatTalksIsQuotedAndHealsOnceItIsQuiet() throws Exception {
    try (GridClient client = watching("talks")) {
      JsonNode failed = client.awaitFailure("talks", "PROBE_PROTOCOL");
      String detail = failed.path("failure").path("detail").asText();
      assertTrue(detail.endsWith(": Welcome to HPC 1"), detail);
      force("talks", launcher.command());
      client.awaitHealthy("talks");
    }
  }

  @Test
  void whatTheOthersDoHasItsCode() throws Exception {
    try (GridClient client = GridClient.watching(mesh.page(), "silent", "nologin")) {
      client.awaitFailure("silent", "PROBE_TIMEOUT");
      JsonNode failed = client.awaitFailure("nologin", "PROBE_PROTOCOL");
      String detail = failed.path("failure").path("detail").asText();
      assertTrue(detail.contains("This account is currently not available"), detail);
    }
  }

  @Test
  void addPrintsTheLineThatStartsTheProbeAndNothingElse() throws Exception {
    MeshConf fresh = MeshConf.in(directory.resolve("fresh"), 8);
    String login = System.getProperty("user.name") + "@127.0.0.1:" + sshd.port();
    List<String> words =
        List.of(
            "add",
            "hpc9",
            login,
            "--stdio",
            "--probe-command",
            launcher.command(),
            "--conf",
            fresh.directory().toString());
    try (RunningProcess add = RunningProcess.start("qstat-mesh", Checkout.mesh(words))) {
      add.awaitLine("ssh-ed25519 SHA256:\\S+");
      add.type("yes");
      String line = add.awaitLine("^(restrict,command=.* ssh-ed25519 .*)$").group(1);
      assertTrue(line.startsWith("restrict,command=\"" + launcher.command() + "\" "), line);
      AUTHORIZED.put("hpc9", line);
      sshd.authorize(String.join("\n", AUTHORIZED.values()));
      add.awaitLine("Written: .*hpc9.json");
      add.type("");
      assertEquals(0, add.exitCode(Eventually.PATIENCE), add::output);
      assertTrue(add.output().contains("the key starts the probe and nothing else"), add::output);
      assertTrue(add.output().contains("166 jobs of 7 users"), add::output);
    }
  }

  @Test
  void checkSaysWhichStepFailsAndPrintsTheLine() throws Exception {
    MeshConf wrong = MeshConf.in(directory.resolve("wrong"), 8);
    // Without a forced command the key runs what conf/ says, and anything else.
    open(wrong, "open", launcher.command());
    open(wrong, "openmissing", "/no/such/qstat-probe serve --stdio");
    Path absent = Sshd.newKey(directory.resolve("key-absent"));
    force("absent", "/no/such/launcher");
    wrong.throughSsh("absent", sshd, absent, cluster -> cluster.put("probe", "stdio"));

    String open = check(wrong, "open", 0);
    assertTrue(open.contains("warn command     the key may run anything"), open);
    assertTrue(open.contains("restrict,command=\"" + launcher.command() + "\" ssh-ed25519"), open);
    assertTrue(open.contains("166 jobs of 7 users"), open);

    for (String id : List.of("openmissing", "absent")) {
      String missing = check(wrong, id, 1);
      assertTrue(missing.matches("(?s).*FAIL command +PROBE_UNREACHABLE: .*"), missing);
      assertTrue(missing.contains("exit code 127, command not found"), missing);
      assertTrue(missing.contains("restrict,command=\""), missing);
      assertFalse(missing.contains("jobs of"), missing);
    }
  }

  private static void open(MeshConf to, String id, String words) throws Exception {
    Path key = Sshd.newKey(directory.resolve("key-" + id));
    AUTHORIZED.put(id, Files.readString(Path.of(key + ".pub")).strip());
    sshd.authorize(String.join("\n", AUTHORIZED.values()));
    to.throughSsh(
        id, sshd, key, cluster -> cluster.put("probe", "stdio").put("probeCommand", words));
  }

  private static String check(MeshConf conf, String id, int expected) throws IOException {
    List<String> words = List.of("check", id, "--conf", conf.directory().toString());
    try (RunningProcess check = RunningProcess.start("check", Checkout.mesh(words))) {
      assertEquals(expected, check.exitCode(Eventually.PATIENCE), check::output);
      return check.output();
    }
  }
}
