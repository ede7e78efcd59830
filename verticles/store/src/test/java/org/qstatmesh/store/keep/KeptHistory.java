package org.qstatmesh.store.keep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.bus.SnapshotTaken;
import org.qstatmesh.store.RunningStore;
import org.qstatmesh.store.SetClock;
import org.qstatmesh.store.Summaries;
import org.qstatmesh.store.TestDatabase;
import org.qstatmesh.store.chunk.ChunkReader;
import org.qstatmesh.store.chunk.Heads;
import org.qstatmesh.store.database.Database;
import org.qstatmesh.store.keep.Retention.Step;
import org.qstatmesh.store.write.SampleWriter;

/** A history whose clock a test sets, its writer, and what is in its chunks. */
abstract class KeptHistory {
  static final long HOUR = 3_600_000;
  static final long DAY = 24 * HOUR;
  static final long START = RunningStore.NOON / DAY * DAY;
  static final Retention RETENTION =
      new Retention(30, List.of(new Step(300, 730), new Step(3_600, null)), 730, 90);
  static final Duration LONG = Duration.ofSeconds(60);

  @TempDir Path directory;
  final SetClock clock = new SetClock(START);
  final Alarms alarms = new Alarms();
  Database database;
  SampleWriter writer;

  @BeforeEach
  void open() throws Exception {
    database = TestDatabase.database(directory);
    begin();
  }

  void begin() throws Exception {
    writer = new SampleWriter(database, RETENTION, clock, alarms);
    writer.open();
  }

  @AfterEach
  void close() throws Exception {
    writer.close();
  }

  void keep() throws SQLException {
    assertFalse(writer.keep(LONG), "more is due after a minute");
  }

  static List<SnapshotTaken> minutes(int count) {
    List<SnapshotTaken> minutes = new ArrayList<>();
    Summaries summaries = new Summaries(3, 12, 4);
    for (int i = 0; i < count; i++) {
      minutes.add(new SnapshotTaken(summaries.next("hpc1", "a-" + i, START + i * 60_000L)));
    }
    return minutes;
  }

  static SnapshotTaken taken(String id, long at) {
    return new SnapshotTaken(new Summaries(9, 12, 4).next("hpc1", id, at));
  }

  long users() throws SQLException {
    return count("SELECT count(*) FROM word WHERE kind = 0");
  }

  long starts(int step) throws SQLException {
    return count(
        "SELECT count(DISTINCT start_epoch_seconds) FROM chunk WHERE step_seconds = " + step);
  }

  long count(String sql) throws SQLException {
    try (Connection connection = TestDatabase.connect(directory);
        Statement statement = connection.createStatement();
        var answer = statement.executeQuery(sql)) {
      assertTrue(answer.next());
      return answer.getLong(1);
    }
  }

  interface Row {
    void accept(int part, int step, long start, ChunkReader chunk) throws SQLException;
  }

  void forEachChunk(Row row) throws SQLException {
    try (Connection connection = TestDatabase.connect(directory);
        Statement statement = connection.createStatement();
        var chunk =
            statement.executeQuery(
                "SELECT cluster_number, part, step_seconds, start_epoch_seconds, body FROM chunk"
                    + " ORDER BY cluster_number, part, step_seconds, start_epoch_seconds")) {
      while (chunk.next()) {
        row.accept(
            100 * chunk.getInt(1) + chunk.getInt(2),
            chunk.getInt(3),
            chunk.getLong(4),
            ChunkReader.of(chunk.getBytes(5)));
      }
    }
  }

  int heads() throws SQLException {
    return headsThat(false);
  }

  int headsThat(boolean filledInOnly) throws SQLException {
    List<String> ids = new ArrayList<>();
    forEachChunk(
        (part, step, start, chunk) -> {
          if (part % 100 == 9) {
            Heads.of(chunk).stream()
                .filter(head -> !filledInOnly || head.backfilled())
                .forEach(head -> ids.add(head.snapshotId()));
          }
        });
    assertEquals(ids.size(), Set.copyOf(ids).size(), "doubled");
    return ids.size();
  }

  long userSlots(int... keys) throws SQLException {
    long[] sum = {0};
    forEachChunk(
        (part, step, start, chunk) -> {
          if (part % 100 == 0) {
            chunk.forEachKey(
                1,
                (key, last, sums, min, max) -> {
                  if (keys.length == 0 || keys[0] == key) {
                    sum[0] += Arrays.stream(sums).sum();
                  }
                });
          }
        });
    return sum[0];
  }
}
