package org.qstatmesh.mesh.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.bus.Addresses;
import org.qstatmesh.bus.ClusterStatus;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.bus.ClusterSummary.Gpus;
import org.qstatmesh.bus.ClusterSummary.Jobs;
import org.qstatmesh.bus.ClusterSummary.Nodes;
import org.qstatmesh.bus.ClusterSummary.Slots;
import org.qstatmesh.bus.ClusterSummary.Usage;
import org.qstatmesh.bus.ClusterSummary.Use;
import org.qstatmesh.bus.LatestQuery;
import org.qstatmesh.bus.MeshCodec;
import org.qstatmesh.bus.SnapshotTaken;
import org.qstatmesh.mesh.node.MeshNode;
import org.qstatmesh.mesh.node.NodeOptions;
import org.qstatmesh.mesh.supervise.Stage;
import org.qstatmesh.store.StoreConfig;
import org.qstatmesh.store.StoreVerticle;
import org.qstatmesh.wire.Visibility;

/** The commands about the history, over conf and data directories as they are. */
@Timeout(120)
class HistoryCommandsTest {
  @TempDir Path directory;
  private Path conf;
  private Path data;

  @BeforeEach
  void prepare() throws IOException {
    conf = Files.createDirectory(directory.resolve("conf"));
    data = directory.resolve("data");
    conf("{\"web\":{\"port\":0},\"ops\":{\"port\":0}}");
  }

  @Test
  void backsUpWhileANodeRunsAndWhileNoneDoes() throws Exception {
    Path live = directory.resolve("live.db");
    try (MeshNode node = node()) {
      assertFalse(node.opsUrl().isEmpty());
      assertEquals(0, run("backup", live.toString()));
      assertEquals(1, run("backup", live.toString()));
    }
    assertEquals(0, run("backup", directory.resolve("rest.db").toString()));
    assertTrue(Files.size(live) > 0);
  }

  @Test
  void backsNothingUpWhereNothingIs() throws Exception {
    assertEquals(1, run("backup", directory.resolve("copy.db").toString()));
    assertFalse(Files.exists(data));
    conf("{\"store\":{\"user\":\"mesh\"}}");
    assertEquals(78, run("backup", directory.resolve("copy.db").toString()));
  }

  @Test
  void namesTheCommandOfADatabaseServer() throws Exception {
    conf("{\"store\":{\"url\":\"jdbc:postgresql://db.example/mesh\",\"user\":\"mesh\"}}");
    assertEquals(64, run("backup", directory.resolve("copy.dump").toString()));
    assertFalse(Files.exists(data));
  }

  @Test
  void exportsToAFileThatAppearsWhenItIsWhole() throws Exception {
    past(3);
    Path table = directory.resolve("table.csv");
    String[] line = {
      "export", "--from", "2026-11-22", "--to", "2026-11-23T00:00+01:00", "--output", "" + table
    };
    assertEquals(0, run(line));
    List<String> lines = Files.readAllLines(table);
    assertEquals("time,cluster,dimension,key,measure,value", lines.get(0));
    assertEquals(
        3, lines.stream().filter(l -> l.endsWith(",hpc1,slots,,total,16")).count(), "" + lines);
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(table)));
    assertEquals(1, run(line));
    assertEquals(lines, Files.readAllLines(table));
  }

  @Test
  void forgetsAPersonWhileNoNodeRuns() throws Exception {
    past(3);
    assertEquals(3, linesOfAlice("before"));
    assertEquals(1, run("forget", "bob"));
    assertEquals(0, run("forget", "alice"));
    assertEquals(0, linesOfAlice("after"));
    assertEquals(1, run("forget", "alice"));
  }

  @Test
  void saysWhichLoginsOfAPersonAreLeft() throws Exception {
    past(1);
    conf(
        "{\"clusters\":{\"hpc1\":{\"ssh\":null},\"hpc2\":{\"ssh\":null}},"
            + "\"people\":{\"ali\":{\"logins\":{\"hpc2\":[\"u1234\"],\"*\":\"alice\"}},\"bob\":{}}}");
    assertEquals(
        List.of(
            "ali has another login, u1234 on hpc2; if it is hers everywhere: qstat-mesh forget u1234",
            "ali is still named by conf/, and so by the page"),
        said(0, "forget", "alice").subList(1, 3));
    assertEquals(
        List.of(
            "ali has another login, u1234 on hpc2; if it is hers everywhere: qstat-mesh forget u1234",
            "ali has another login, alice on other clusters; if it is hers everywhere: "
                + "qstat-mesh forget alice",
            "ali is still named by conf/, and so by the page"),
        said(1, "forget", "ali"));
  }

  @Test
  void forgetsAPersonThroughTheNodeThatRuns() throws Exception {
    past(3);
    try (MeshNode node = node()) {
      assertFalse(node.opsUrl().isEmpty());
      assertEquals(1, run("forget", "bob"));
      assertEquals(0, run("forget", "alice"));
      assertEquals(0, linesOfAlice("after"));
    }
  }

  @Test
  void saysThatANodeWithoutAStoreForgetsNobody() throws Exception {
    past(1);
    NodeOptions noStore = new NodeOptions(conf, data, EnumSet.of(Stage.BROADCAST));
    try (MeshNode node = MeshNode.start(noStore)) {
      assertFalse(node.opsUrl().isEmpty());
      assertEquals(1, run("forget", "alice"));
    }
    assertEquals(1, linesOfAlice("still"));
  }

  @Test
  void forgetsNothingWhereNothingIs() {
    assertEquals(1, run("forget", "alice"));
    assertFalse(Files.exists(data));
  }

  @Test
  void copiesTheHistoryToAnotherDatabaseThatIsEmpty() throws Exception {
    past(3);
    assertEquals(0, run("migrate", "--to", "jdbc:sqlite:other.db"));
    assertEquals(1, run("migrate", "--to", "jdbc:sqlite:other.db"), "not empty any more");
    Files.delete(data.resolve("qstat-mesh.db"));
    assertEquals(1, run("migrate", "--to", "jdbc:sqlite:third.db"), "nothing to copy");
    conf("{\"store\":{\"url\":\"jdbc:sqlite:other.db\"}}");
    assertEquals(3, linesOfAlice("moved"));
  }

  @Test
  void copiesNothingWhileANodeRuns() throws Exception {
    try (MeshNode node = node()) {
      assertFalse(node.opsUrl().isEmpty());
      assertEquals(69, run("migrate", "--to", "jdbc:sqlite:other.db"));
    }
    assertFalse(Files.exists(data.resolve("other.db")));
  }

  private long linesOfAlice(String table) throws IOException {
    Path file = directory.resolve(table);
    String[] line = {"export", "--from", "2026-11-22", "--to", "2026-11-23", "--output", "" + file};
    assertEquals(0, run(line));
    return Files.readAllLines(file).stream()
        .filter(l -> l.contains(",user,alice,runningSlots,4"))
        .count();
  }

  @Test
  void readsTimesAsPeopleTypeThem() {
    TimeOption times = new TimeOption();
    Instant noon = Instant.parse("2026-11-22T12:00:00Z");
    for (String text : List.of("2026-11-22T12:00", "2026-11-22T13:00:00+01:00", "1795348800")) {
      assertEquals(noon, times.convert(text), text);
    }
    assertEquals(Instant.parse("2026-11-22T00:00:00Z"), times.convert("2026-11-22"));
  }

  @Test
  void endsQuietlyWhenItsReaderHasEnough() throws Exception {
    past(2_000);
    Process export =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "org.qstatmesh.mesh.Main",
                "export",
                "--from=2026-11-22",
                "--to=2026-11-23",
                "--conf=" + conf,
                "--data=" + data)
            .redirectError(directory.resolve("stderr").toFile())
            .start();
    try (InputStream table = export.getInputStream()) {
      assertEquals('t', table.read());
    }
    assertEquals(0, export.waitFor());
    assertEquals("", Files.readString(directory.resolve("stderr")));
  }

  /** Leaves samples of one cluster, the first at noon, one a second. */
  private void past(int samples) throws Exception {
    Vertx vertx = Vertx.vertx();
    MeshCodec.install(vertx);
    StoreConfig config = new StoreConfig("test", "jdbc:sqlite:qstat-mesh.db", data);
    try {
      String id = await(vertx.deployVerticle(new StoreVerticle(config, new SimpleMeterRegistry())));
      for (int i = 0; i < samples; i++) {
        Addresses.SNAPSHOT_TAKEN.publish(vertx, new SnapshotTaken(sample(i)));
        // Answered by the context that takes them, so that its queue stays short.
        await(Addresses.LATEST.ask(vertx, new LatestQuery(), Duration.ofSeconds(20)));
      }
      await(vertx.undeploy(id));
    } finally {
      await(vertx.close());
    }
  }

  private static ClusterSummary sample(int second) {
    long at = Instant.parse("2026-11-22T12:00:00Z").toEpochMilli() + second * 1_000L;
    Use alice = new Use("alice", 1 + second % 3, 4, 0, 0, 0, 0);
    return new ClusterSummary(
        "hpc1",
        "HPC 1",
        "torque",
        "6.1.3",
        "login1",
        Visibility.ALL,
        ClusterStatus.UP,
        null,
        0,
        "s" + second,
        at,
        at,
        60_000,
        new Jobs(1, 0, 0, 0, 0),
        new Slots(16, 4, 12, 0, 12),
        new Gpus(0, 0),
        new Nodes(1, 0, 1, 0, 0, 0, 0, 0),
        new Usage(List.of(alice), List.of(), List.of(), List.of()),
        List.of(),
        List.of());
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  private MeshNode node() throws Exception {
    return MeshNode.start(new NodeOptions(conf, data, EnumSet.of(Stage.STORE)));
  }

  private int run(String... words) {
    List<String> line = new ArrayList<>(List.of(words));
    line.addAll(List.of("--conf", conf.toString(), "--data", data.toString()));
    return MeshCommand.execute(line.toArray(String[]::new));
  }

  /** Lines on standard output of a command that ends with {@code code}. */
  private List<String> said(int code, String... words) {
    PrintStream usual = System.out;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
    try {
      assertEquals(code, run(words));
    } finally {
      System.setOut(usual);
    }
    return said.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private void conf(String json) throws IOException {
    Files.writeString(conf.resolve("mesh.json"), json);
  }
}
