package org.qstatmesh.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.qstatmesh.store.RunningStore.NOON;

import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.bus.HistoryAnswer;
import org.qstatmesh.bus.HistoryQuery;
import org.qstatmesh.bus.HistoryQuery.Dimension;
import org.qstatmesh.bus.HistoryQuery.Measure;
import org.qstatmesh.bus.MeshCodec;
import org.qstatmesh.bus.SnapshotTaken;
import org.qstatmesh.store.write.SampleWriter;

/** Histories that move from a file to a server, and back. */
@ExtendWith(VertxExtension.class)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
@Tag(TestDatabase.SERVER_ONLY)
class MigrateTest {
  private static final HistoryQuery EVERYTHING =
      new HistoryQuery(
          "hpc1",
          Dimension.USER,
          Measure.RUNNING_SLOTS,
          NOON - 3_600_000,
          NOON + 3_600_000,
          2_000,
          50);

  private final Summaries summaries = new Summaries(13, 40, 8);
  private final List<String> progress = new ArrayList<>();
  @TempDir private Path directory;
  private StoreConfig file;
  private StoreConfig server;
  private StoreConfig secondFile;
  private Vertx vertx;

  @BeforeEach
  void databases(Vertx vertx) {
    this.vertx = vertx;
    MeshCodec.install(vertx);
    file = new StoreConfig("here", "jdbc:sqlite:history.db", directory);
    server = TestDatabase.config(directory);
    secondFile = new StoreConfig("here", "jdbc:sqlite:sub/back.db", directory);
  }

  @Test
  void aHistoryThatMovedAnswersTheSameAndGoesOn() throws Exception {
    List<ClusterSummary> samples = new ArrayList<>();
    samples.add(Summaries.empty("hpc2", "a-1", NOON));
    for (int i = 0; i < 700; i++) {
      samples.add(summaries.next("hpc1", "a-" + i, NOON + i * 4_000L - 2_000_000));
    }
    putTogether(samples);
    RunningStore old = RunningStore.with(vertx, file);
    putChunks();
    final HistoryAnswer before = old.history(EVERYTHING);
    final Set<ClusterSummary> latest = new HashSet<>(old.latest());
    old.stop();

    long rows = StoreTool.migrate(file, server, progress::add);

    assertTrue(rows > 1_001, () -> rows + " rows");
    assertTrue(
        progress.stream().anyMatch(line -> line.matches("chunk: \\d{4} rows compared")),
        progress::toString);
    RunningStore moved = RunningStore.with(vertx, server);
    assertEquals(before, moved.history(EVERYTHING));
    assertEquals(latest, Set.copyOf(moved.latest()));
    ClusterSummary later = summaries.next("hpc3", "a-1", NOON);
    moved.store(List.of(later));
    latest.add(later);
    assertEquals(latest, Set.copyOf(moved.latest()));
    moved.stop();

    assertTrue(StoreTool.migrate(server, secondFile, progress::add) > 1_001);
    RunningStore back = RunningStore.with(vertx, secondFile);
    assertEquals(before, back.history(EVERYTHING));
    assertEquals(latest, Set.copyOf(back.latest()));
    back.stop();
  }

  /** All at once: an hour that is put together when half of it came is whole a while later. */
  private void putTogether(List<ClusterSummary> samples) throws Exception {
    SampleWriter writer = RunningStore.writer(file.database());
    writer.open();
    List<SnapshotTaken> all = samples.stream().map(SnapshotTaken::new).toList();
    assertEquals(all.size(), writer.write(all).stored());
    assertFalse(writer.keep(Duration.ofSeconds(60)), "there is still something to do");
    writer.close();
  }

  /** Every byte there is, in more rows than a batch has; of a part that nobody reads. */
  private void putChunks() throws SQLException {
    try (Connection connection = connect(file);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 1000)"
              + " INSERT INTO chunk SELECT 1, 100, 3600, i * 864000, randomblob(i) FROM n");
      statement.execute("INSERT INTO chunk VALUES (1, 101, 3600, 864000, x'')");
    }
  }

  @Test
  void aTargetWithRowsIsLeftAlone() throws Exception {
    fill(file, "hpc1");
    fill(server, "hpc2");

    IOException refusal =
        assertThrows(IOException.class, () -> StoreTool.migrate(file, server, progress::add));

    assertTrue(refusal.getMessage().contains("empty database"), refusal.getMessage());
    assertEquals(Set.of("hpc2"), clusters(server));
  }

  @Test
  void whatFailsLeavesNothingAndCanBeDoneAgain() throws Exception {
    fill(file, "hpc1");
    try (Connection connection = connect(file);
        Statement statement = connection.createStatement()) {
      // Longer than an index of PostgreSQL takes.
      statement.execute("INSERT INTO event VALUES (1, 5, hex(randomblob(20000)), x'00')");
    }
    assertThrows(IOException.class, () -> StoreTool.migrate(file, server, progress::add));
    try (Connection connection = connect(file);
        Statement statement = connection.createStatement()) {
      statement.execute("UPDATE event SET snapshot_id = 'b'");
    }

    StoreTool.migrate(file, server, progress::add);

    assertEquals(Set.of("hpc1"), clusters(server));
  }

  @Test
  void aNulOfAnEarlierReleaseBecomesItsPicture() throws Exception {
    fill(file, "hpc1");
    try (Connection connection = connect(file);
        var update = connection.prepareStatement("UPDATE word SET word = ? WHERE number = 1")) {
      update.setString(1, "a\u0000b");
      assertTrue(update.executeUpdate() > 0);
    }

    StoreTool.migrate(file, server, progress::add);

    try (Connection connection = connect(server);
        Statement statement = connection.createStatement();
        var answer = statement.executeQuery("SELECT count(*) FROM word WHERE word = 'a\u2400b'")) {
      assertTrue(answer.next());
      assertTrue(answer.getInt(1) > 0);
    }
  }

  @Test
  void aSourceThatIsNotThereIsNamed() {
    IOException refusal =
        assertThrows(IOException.class, () -> StoreTool.migrate(file, server, progress::add));

    assertTrue(refusal.getMessage().contains("history.db does not exist"), refusal.getMessage());
  }

  private void fill(StoreConfig config, String cluster) throws Exception {
    RunningStore store = RunningStore.with(vertx, config);
    store.store(List.of(summaries.next(cluster, "a-1", NOON)));
    store.stop();
  }

  private static Set<String> clusters(StoreConfig config) throws SQLException {
    Set<String> clusters = new HashSet<>();
    try (Connection connection = connect(config);
        Statement statement = connection.createStatement();
        var answer = statement.executeQuery("SELECT cluster FROM cluster")) {
      while (answer.next()) {
        clusters.add(answer.getString(1));
      }
    }
    return clusters;
  }

  private static Connection connect(StoreConfig config) throws SQLException {
    return config.databaseFile() == null
        ? DriverManager.getConnection(config.url(), "tester", null)
        : DriverManager.getConnection("jdbc:sqlite:" + config.databaseFile());
  }
}
