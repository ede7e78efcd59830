package org.qstatmesh.it.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.it.kit.Checkout;
import org.qstatmesh.it.kit.Eventually;
import org.qstatmesh.it.kit.RunningProcess;

/**
 * The container file, step by step, on a copy of this machine in place of a base image: no engine
 * is needed. What it installed is looked at, then runs as a container would: its user, no rights,
 * nothing to write to but the volume.
 */
@Timeout(300)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class InstalledIT {
  private static final String CONF = "/etc/qstat-mesh";
  private static final Path SYSTEMD_ANALYZE = Path.of("/usr/bin/systemd-analyze");
  private static final Duration TRACED = Duration.ofMinutes(3);
  private static final Pattern EXPOSURE = Pattern.compile("exposure level for \\S+: ([0-9.]+)");

  @TempDir private static Path directory;
  private static ContainerFile file;
  private static CopiedRoot root;
  private static String said;

  @BeforeAll
  static void install() throws Exception {
    String whyNot = CopiedRoot.whyNot(directory);
    assumeTrue(whyNot == null, whyNot);
    file = ContainerFile.read(Checkout.root().resolve("conf/packaging/Containerfile"));
    root = CopiedRoot.in(Files.createDirectory(directory.resolve("mounts")));
    root.bind(Checkout.root().resolve(file.mount("source")), file.mount("target"));
    said = root.run("sh", "-c", file.script());
  }

  @AfterAll
  static void close() {
    if (root != null) {
      root.close();
    }
  }

  @Test
  @Order(1)
  void saysWhatItDidAndWhatIsNext() throws Exception {
    for (String word :
        List.of(
            "/opt/qstat-mesh-[^ ]*: the program",
            "qstat-mesh.jsa: classes ready",
            CONF + ": the configuration to begin with",
            "systemctl enable --now qstat-mesh")) {
      assertTrue(Pattern.compile(word).matcher(said).find(), said);
    }
    String owners = root.run("stat", "-c", "%U %a %n", CONF, CONF + "/keys", "/var/lib/qstat-mesh");
    assertEquals(
        "qstat-mesh 750 %s\nqstat-mesh 700 %s/keys\nqstat-mesh 700 /var/lib/qstat-mesh"
            .formatted(CONF, CONF),
        owners);
  }

  @Test
  @Order(2)
  void systemdUnderstandsTheUnitsAndFindsThemTight() throws Exception {
    assumeTrue(Files.exists(SYSTEMD_ANALYZE), "no systemd-analyze here");
    String units = "/usr/local/lib/systemd/system/";
    for (String unit : List.of("qstat-mesh.service", "qstat-mesh@tunnel-poller.service")) {
      String verified = root.run("systemd-analyze", "verify", "--man=no", units + unit);
      assertEquals(
          "", verified.lines().filter(line -> line.contains("qstat-mesh")).findAny().orElse(""));
    }
    for (String unit : List.of("qstat-mesh.service", "qstat-mesh@.service")) {
      String rated = root.run("systemd-analyze", "security", "--offline=true", units + unit);
      Matcher exposure = EXPOSURE.matcher(rated);
      assertTrue(exposure.find(), rated);
      System.out.println(unit + " exposure " + exposure.group(1));
      assertTrue(Double.parseDouble(exposure.group(1)) <= 2.0, rated);
    }
  }

  /** No systemd runs here to refuse one, so those that it would refuse must not be made. */
  @Test
  @Order(3)
  void makesNoSystemCallThatTheUnitsRefuse() throws Exception {
    assumeTrue(Files.exists(SYSTEMD_ANALYZE), "no systemd-analyze here");
    Path counts = directory.resolve("calls");
    Files.createDirectory(counts);
    root.bind(counts, "/calls");
    root.run("chown", file.only("USER"), "/calls");
    List<String> command = asTheUser(List.of("strace", "-f", "-qq", "-c", "-o", "/calls/made"));
    command.addAll(file.words("ENTRYPOINT"));
    command.add("rehearse");
    try (RunningProcess rehearsal = RunningProcess.start("rehearsal", command)) {
      assertEquals(0, rehearsal.exitCode(TRACED), rehearsal::output);
    }
    Set<String> made = SystemCalls.counted(counts.resolve("made"));
    assertTrue(made.contains("futex") && made.contains("listen"), made.toString());
    made.removeAll(SystemCalls.allowed("qstat-mesh.service"));
    assertEquals(Set.of(), made);
  }

  @Test
  @Order(4)
  void runsAsAContainerDoes() throws Exception {
    int port = Checkout.freePort();
    String web = "{\"web\": {\"port\": %d}, \"ops\": {\"port\": 0}}".formatted(port);
    root.run("sh", "-c", "printf '%s' '" + web + "' > " + CONF + "/mesh.json");
    root.volume(file.only("VOLUME"), file.only("USER"));
    root.readOnly();
    List<String> command = asTheUser(file.words("ENTRYPOINT"));
    command.addAll(file.words("CMD"));
    try (RunningProcess mesh = RunningProcess.start("mesh", command)) {
      URI page = URI.create(mesh.awaitLine("the page is at (http://\\S+)").group(1));
      assertEquals(port, page.getPort());
      assertEquals(200, status(page));
      Eventually.eventually("healthy", () -> isHealthy());
      assertRights(mesh.pid());
      String maps = Files.readString(Path.of("/proc/" + mesh.pid() + "/maps"));
      assertTrue(maps.contains("/lib/qstat-mesh.jsa"), "its classes are not mapped");
      mesh.terminate();
      assertEquals(143, mesh.exitCode(Eventually.PATIENCE), mesh::output);
      assertNull(
          mesh.output().lines().filter(line -> line.contains(" ERROR ")).findAny().orElse(null));
    }
    assertTrue(!isHealthy(), "healthy without a mesh");
    assertTrue(root.run("ls", file.only("VOLUME")).contains("qstat-mesh.db"));
  }

  /** The user's, without a capability, without a way to more. */
  private static void assertRights(long pid) throws Exception {
    String status = Files.readString(Path.of("/proc/" + pid + "/status"));
    assertTrue(Pattern.compile("(?m)^CapBnd:\\s*0+$").matcher(status).find(), status);
    assertTrue(Pattern.compile("(?m)^NoNewPrivs:\\s*1$").matcher(status).find(), status);
    String user = root.run("id", "-u", file.only("USER"));
    assertTrue(Pattern.compile("(?m)^Uid:\\s*" + user + "\\s").matcher(status).find(), status);
  }

  private static boolean isHealthy() throws Exception {
    List<String> command = asTheUser(file.words("HEALTHCHECK"));
    try (RunningProcess health = RunningProcess.start("health", command)) {
      return health.exitCode(Eventually.PATIENCE) == 0;
    }
  }

  private static List<String> asTheUser(List<String> words) throws Exception {
    String user = file.only("USER");
    List<String> command =
        new ArrayList<>(
            root.inside(
                "setpriv",
                "--reuid=" + user,
                "--regid=" + user,
                "--clear-groups",
                "--no-new-privs",
                "--bounding-set=-all",
                "--inh-caps=-all"));
    command.addAll(words);
    return command;
  }

  private static int status(URI page) throws Exception {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }
}
