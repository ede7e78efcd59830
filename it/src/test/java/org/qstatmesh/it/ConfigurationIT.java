package org.qstatmesh.it;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.it.kit.Checkout;
import org.qstatmesh.it.kit.Eventually;
import org.qstatmesh.it.kit.MeshConf;
import org.qstatmesh.it.kit.MeshProcess;
import org.qstatmesh.it.kit.RunningProcess;

/** What the command lines say and with which code they end when they cannot do what they should. */
@Timeout(180)
class ConfigurationIT {
  private static final int USAGE = 64;
  private static final int UNAVAILABLE = 69;
  private static final int CONFIGURATION = 78;
  private static final int TERMINATED = 143;

  @TempDir private Path directory;
  private Path conf;

  @BeforeEach
  void emptyConf() throws IOException {
    conf = Files.createDirectory(directory.resolve("conf"));
  }

  @Test
  void everyProblemIsSaidAtOnceAndNothingConnects() throws Exception {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      write(
          "mesh.json",
          "{\"web\": {\"port\": \"http\", \"colour\": 1}, \"ops\": {\"port\": 70000}}");
      write(
          "a.json",
          """
          {"clusters": {
            "good": {"probe": "tcp://127.0.0.1:%d", "ssh": null},
            "nokey": {"ssh": {"host": "127.0.0.1", "port": %d, "user": "me", "identityFile": "keys/none"}}}}
          """
              .formatted(probe.getLocalPort(), probe.getLocalPort()));
      write("b.json", "{\"clusters\": {\"good\": {\"ssh\": null, \"probe\": \"udp://x\"}}}");
      write("c.json", "{\"clusters\": {\"Bad Id\": {\"ssh\": null}}, \"clusters\": {}}");
      Ended run = mesh("run", "--conf", conf.toString(), "--data", data());
      assertEquals(CONFIGURATION, run.code(), run::output);
      assertAll(
          () -> assertSays(run, "mesh.json#/web/port"),
          () -> assertSays(run, "mesh.json#/web.*colour"),
          () -> assertSays(run, "mesh.json#/ops/port"),
          () -> assertSays(run, "a.json#/clusters/nokey/ssh/identityFile"),
          () -> assertSays(run, "b.json#/clusters/good/probe"),
          () -> assertSays(run, "c.json#.*clusters"));
      probe.setSoTimeout(1);
      assertThrows(SocketTimeoutException.class, probe::accept, "nothing connected");
    }
  }

  @Test
  void aClusterThatTwoFilesNameIsRefused() throws Exception {
    write("a.json", "{\"clusters\": {\"hpc1\": {\"ssh\": null}}}");
    write("b.json", "{\"clusters\": {\"hpc1\": {\"ssh\": null}}}");
    Ended run = mesh("run", "--conf", conf.toString(), "--data", data());
    assertEquals(CONFIGURATION, run.code(), run::output);
    assertSays(run, "b.json#/clusters/hpc1");
  }

  @Test
  void usageIs64() throws Exception {
    assertAll(
        () -> assertEquals(USAGE, mesh("fly").code()),
        () -> assertEquals(USAGE, mesh("run", "--roles", "poller,pilot").code()),
        () -> assertEquals(USAGE, mesh("restart", "everything").code()),
        () -> assertEquals(USAGE, mesh("add", "Bad Id", "me@host").code()),
        () -> assertEquals(USAGE, probe("serve", "--minimum-interval", "-1").code()),
        () -> assertEquals(USAGE, probe("serve", "--drms", "abacus").code()));
  }

  @Test
  void aTakenPortIs69() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      write(
          "mesh.json",
          "{\"web\": {\"port\": %d}, \"ops\": {\"port\": 0}}".formatted(taken.getLocalPort()));
      Ended run = mesh("run", "--conf", conf.toString(), "--data", data());
      assertEquals(UNAVAILABLE, run.code(), run::output);
      assertSays(run, Integer.toString(taken.getLocalPort()));
      Ended serve = probe("serve", "--bind", "tcp://127.0.0.1:" + taken.getLocalPort());
      assertEquals(UNAVAILABLE, serve.code(), serve::output);
    }
  }

  @Test
  void receiversThatThisNodeDoesNotTellAreWarnedOf() throws Exception {
    write(
        "notify.json",
        "{\"notify\": {\"hooks\": {\"chat\": {\"url\": \"http://127.0.0.1:1/\","
            + " \"when\": [{\"event\": \"clusterDown\"}]}}}}");
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      write(
          "mesh.json",
          "{\"web\": {\"port\": %d}, \"ops\": {\"port\": 0}}".formatted(taken.getLocalPort()));
      Ended some = mesh("run", "--conf", conf.toString(), "--data", data(), "--roles", "broadcast");
      assertSays(some, "WARN.*its --roles lack notify");
      Ended all = mesh("run", "--conf", conf.toString(), "--data", data());
      assertFalse(all.output().contains("lack notify"), all::output);
    }
    Ended check = mesh("check", "--conf", conf.toString());
    assertEquals(0, check.code(), check::output);
    assertSays(check, "notify.hooks: 1 receiver is told by the node that runs the stage notify");
  }

  /**
   * systemd gives a service its credentials by an access list, which looks like a group's right.
   */
  @Test
  void aSecretThatSystemdKeepsIsNotOpenToOthers() throws Exception {
    Path credentials = Files.createDirectory(directory.resolve("credentials"));
    Path secret = Files.writeString(credentials.resolve("database"), "secret");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("r--r-----"));
    write(
        "mesh.json",
        "{\"store\": {\"url\": \"jdbc:postgresql://127.0.0.1:1/mesh\", \"passwordFile\": \"%s\"}}"
            .formatted(secret));
    List<String> check = Checkout.mesh(List.of("check", "--conf", conf.toString()));
    assertSays(ended(check, Map.of()), "passwordFile.* is open to others");
    Ended underSystemd = ended(check, Map.of("CREDENTIALS_DIRECTORY", credentials.toString()));
    assertFalse(underSystemd.output().contains("open to others"), underSystemd::output);
  }

  @Test
  void aLoginNodeWithoutASchedulerIs69() throws Exception {
    Ended doctor =
        probe("doctor", "--command-path", Files.createDirectory(conf.resolve("empty")).toString());
    assertEquals(UNAVAILABLE, doctor.code(), doctor::output);
  }

  /** The mesh ends by itself within 10 s: {@link MeshProcess#terminate} waits no longer. */
  @Test
  void sigtermIs143() throws Exception {
    MeshConf good = MeshConf.in(directory.resolve("good"), 5).direct("hpc1", "tcp://127.0.0.1:1");
    try (MeshProcess mesh = MeshProcess.start(good, Path.of(data()))) {
      assertEquals(TERMINATED, mesh.terminate());
      LogRules.assertNoException(mesh.log());
    }
    try (RunningProcess serve = RunningProcess.start("probe", Checkout.probe(serveAnywhere()))) {
      serve.awaitLine("listening on");
      serve.terminate();
      assertEquals(TERMINATED, serve.exitCode(Eventually.PATIENCE));
    }
  }

  @Test
  void aBrokenChangeLeavesTheOldConfigurationInForce() throws Exception {
    MeshConf good = MeshConf.in(directory.resolve("good"), 5).direct("hpc1", "tcp://127.0.0.1:1");
    try (MeshProcess mesh = MeshProcess.start(good, Path.of(data()))) {
      Path broken = good.directory().resolve("hpc2.json");
      Files.writeString(broken, "{\"clusters\": {\"hpc2\": {\"ssh\": 7}}}");
      mesh.process().awaitLine("hpc2.json#/clusters/hpc2/ssh");
      assertTrue(mesh.process().isAlive());
      Files.delete(broken);
      good.direct("hpc3", "tcp://127.0.0.1:1");
      mesh.process().awaitLine("hpc3 does not answer: PROBE_UNREACHABLE");
      assertFalse(mesh.log().contains("hpc2 does not answer"));
    }
  }

  private List<String> serveAnywhere() {
    return List.of("serve", "--bind", "tcp://127.0.0.1:*", "--command-path", directory.toString());
  }

  private void write(String file, String json) throws IOException {
    Files.writeString(conf.resolve(file), json);
  }

  private String data() {
    return directory.resolve("data").toString();
  }

  private static void assertSays(Ended ended, String pattern) {
    assertTrue(
        ended.output().lines().anyMatch(line -> line.matches(".*" + pattern + ".*")),
        () -> pattern + " is not in\n" + ended.output());
  }

  private static Ended mesh(String... arguments) throws IOException {
    return ended(Checkout.mesh(List.of(arguments)));
  }

  private static Ended probe(String... arguments) throws IOException {
    return ended(Checkout.probe(List.of(arguments)));
  }

  private static Ended ended(List<String> command) throws IOException {
    return ended(command, Map.of());
  }

  private static Ended ended(List<String> command, Map<String, String> environment)
      throws IOException {
    try (RunningProcess process = RunningProcess.start("command", command, environment)) {
      return new Ended(process.exitCode(Eventually.PATIENCE), process.output());
    }
  }

  private record Ended(int code, String output) {}
}
