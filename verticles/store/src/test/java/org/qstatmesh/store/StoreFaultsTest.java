package org.qstatmesh.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.qstatmesh.store.Eventually.eventually;
import static org.qstatmesh.store.RunningStore.NOON;

import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.bus.HistoryQuery;
import org.qstatmesh.bus.HistoryQuery.Dimension;
import org.qstatmesh.bus.HistoryQuery.Measure;
import org.qstatmesh.bus.MeshCodec;

/** What the disk and other processes do to the store. */
@ExtendWith(VertxExtension.class)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
@Tag(TestDatabase.FILE_ONLY)
class StoreFaultsTest {
  private final Summaries summaries = new Summaries(11, 60, 10);
  @TempDir private Path directory;
  private Vertx vertx;

  @BeforeEach
  void codec(Vertx vertx) {
    this.vertx = vertx;
    MeshCodec.install(vertx);
  }

  @Test
  void afterAFullDiskWritingGoesOnByItself() throws Exception {
    SmallDisk disk = new SmallDisk(RunningStore.config(directory));
    RunningStore store = RunningStore.in(vertx, directory, disk);
    List<ClusterSummary> fits = burst("fits", 3);
    store.store(fits);
    List<ClusterSummary> tooMany = burst("hpc", 500);

    tooMany.forEach(store::publish);
    eventually("the disk is full", () -> store.count("failures", "reason", "full") >= 1);
    assertEquals(0, store.gauge("writing"));
    assertFalse(store.acknowledgedMore(), "acknowledged what is not on disk");
    assertEquals(3, store.latest().size(), "what was written is still read");
    disk.pages.set(Integer.MAX_VALUE);

    store.awaitAcknowledged(tooMany);
    assertEquals(1, store.gauge("writing"));
    List<ClusterSummary> all = new ArrayList<>(fits);
    all.addAll(tooMany);
    assertEquals(keys(all), storedKeys(directory));
    store.stop();
  }

  @Test
  void whileAnotherProcessHoldsTheDatabaseNothingIsLost() throws Exception {
    RunningStore store = RunningStore.in(vertx, directory);
    store.store(burst("first", 1));
    List<ClusterSummary> waiting = burst("hpc", 20);

    try (Connection other = DriverManager.getConnection(url(directory));
        Statement statement = other.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      waiting.forEach(store::publish);
      eventually("the writer met the lock", () -> store.count("failures", "reason", "busy") >= 1);
      assertFalse(store.acknowledgedMore(), "acknowledged what is not on disk");
      assertEquals(20, store.gauge("pending"));
      assertEquals(1, store.latest().size(), "questions are answered meanwhile");
      statement.execute("ROLLBACK");
    }

    store.awaitAcknowledged(waiting);
    assertEquals(21, storedKeys(directory).size());
    store.stop();
  }

  @Test
  void aStoreThatCannotWriteStillStopsInTime() throws Exception {
    RunningStore store = RunningStore.in(vertx, directory);
    store.store(burst("first", 1));

    try (Connection other = DriverManager.getConnection(url(directory));
        Statement statement = other.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      burst("hpc", 20).forEach(store::publish);
      long started = System.nanoTime();

      store.stop();

      assertTrue(System.nanoTime() - started < 5_000_000_000L);
      statement.execute("ROLLBACK");
    }
  }

  @Test
  void aFileThatIsMovedAwayIsNotWrittenOn() throws Exception {
    RunningStore store = RunningStore.in(vertx, directory);
    List<ClusterSummary> before = burst("before", 3);
    store.store(before);
    Path aside = Files.createDirectory(directory.resolve("aside"));
    move("history.db", aside);
    move("history.db-wal", aside);
    move("history.db-shm", aside);
    List<ClusterSummary> after = burst("after", 3);

    store.store(after);

    store.stop();
    assertEquals(keys(after), storedKeys(directory));
    assertEquals(keys(before), storedKeys(aside));
  }

  @Test
  void whatWasAcknowledgedIsInTheFilesAtThatMoment() throws Exception {
    RunningStore store = RunningStore.in(vertx, directory.resolve("live"));
    List<ClusterSummary> acknowledged = new ArrayList<>();
    for (int round = 0; round < 3; round++) {
      List<ClusterSummary> batch = burst("round" + round + "x", 20);
      store.store(batch);
      acknowledged.addAll(batch);

      Path copy = Files.createDirectory(directory.resolve("killed" + round));
      for (String file : List.of("history.db", "history.db-wal")) {
        Files.copy(directory.resolve("live").resolve(file), copy.resolve(file));
      }

      assertEquals(keys(acknowledged), storedKeys(copy));
    }
    store.stop();
  }

  @Test
  void aReaderThatStaysHoldsUpNobody() throws Exception {
    RunningStore store = RunningStore.in(vertx, directory);
    store.store(burst("first", 1));

    try (Connection reader = DriverManager.getConnection(url(directory));
        Statement statement = reader.createStatement()) {
      statement.execute("BEGIN");
      statement.executeQuery("SELECT * FROM live").close();
      List<ClusterSummary> more = burst("hpc", 5);
      store.store(more);
    }
    assertTrue(store.gauge("wal.bytes") > 0);
    assertTrue(store.gauge("database.bytes") > 0);
    store.stop();
  }

  @Test
  void aQuestionLeavesNoSnapshotBehind() throws Exception {
    RunningStore store = RunningStore.in(vertx, directory);
    store.store(burst("hpc", 5));
    store.history(
        new HistoryQuery(
            "hpc1", Dimension.USER, Measure.RUNNING_SLOTS, NOON, NOON + 60_000, 10, 8));
    assertEquals(5, store.latest().size());

    try (Connection other = DriverManager.getConnection(url(directory));
        Statement statement = other.createStatement();
        var checkpoint = statement.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
      assertTrue(checkpoint.next());
      assertEquals(0, checkpoint.getInt(1), "a reader is still there");
    }
    store.stop();
  }

  /** One summary of each of that many clusters. */
  private List<ClusterSummary> burst(String prefix, int size) {
    List<ClusterSummary> burst = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      burst.add(summaries.next(prefix + i, "a-1", NOON + i));
    }
    return burst;
  }

  private void move(String file, Path to) throws Exception {
    Files.move(directory.resolve(file), to.resolve(file));
  }

  private static Set<String> keys(List<ClusterSummary> summaries) {
    return summaries.stream()
        .map(summary -> summary.cluster() + "/" + summary.snapshotId())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> storedKeys(Path in) throws SQLException {
    Set<String> keys = new TreeSet<>();
    try (Connection connection = DriverManager.getConnection(url(in));
        Statement statement = connection.createStatement()) {
      try (var check = statement.executeQuery("PRAGMA integrity_check")) {
        assertTrue(check.next());
        assertEquals("ok", check.getString(1));
      }
      try (var rows =
          statement.executeQuery(
              "SELECT cluster || '/' || snapshot_id FROM live NATURAL JOIN cluster")) {
        while (rows.next()) {
          assertTrue(keys.add(rows.getString(1)), "stored twice");
        }
      }
    }
    return keys;
  }

  private static String url(Path in) {
    return "jdbc:sqlite:" + in.resolve("history.db");
  }
}
