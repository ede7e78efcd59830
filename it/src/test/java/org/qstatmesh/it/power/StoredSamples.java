package org.qstatmesh.it.power;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.qstatmesh.store.chunk.ChunkReader;
import org.qstatmesh.store.chunk.Head;
import org.qstatmesh.store.chunk.Heads;
import org.qstatmesh.store.chunk.Part;

/** What is in a database that {@link Script} was written to, and what is wrong with it. */
final class StoredSamples {
  /** Place of {@code used} among the measures of {@link Part#SLOTS}. */
  private static final int USED = 1;

  private final List<String> wrong = new ArrayList<>();
  private final Set<String> samples = new HashSet<>();
  private final Map<Integer, Long> rolledUp = new TreeMap<>();
  private int inChunks;
  private long newestMinute;

  private StoredSamples() {}

  /** Reads all of it; recovers the log first, as every program that opens it does. */
  static StoredSamples in(Path data) throws SQLException {
    StoredSamples stored = new StoredSamples();
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + data.resolve("history.db"));
        Statement statement = connection.createStatement()) {
      try (ResultSet row = statement.executeQuery("PRAGMA integrity_check")) {
        if (!row.getString(1).equals("ok")) {
          stored.wrong.add("integrity_check: " + row.getString(1));
        }
      }
      stored.readRows(statement);
      stored.readChunks(statement);
      stored.readSteps(statement);
    }
    return stored;
  }

  private void readRows(Statement statement) throws SQLException {
    try (ResultSet row =
        statement.executeQuery(
            "SELECT cluster, snapshot_id, observed_at_epoch_millis, slots_used FROM sample JOIN cluster"
                + " USING (cluster_number)")) {
      while (row.next()) {
        add(row.getString(1), row.getString(2), row.getLong(3), row.getLong(4));
      }
    }
  }

  private void readChunks(Statement statement) throws SQLException {
    try (ResultSet row =
        statement.executeQuery(
            "SELECT cluster, head.start_epoch_seconds, head.body, slots.body FROM chunk AS head JOIN cluster"
                + " USING (cluster_number) LEFT JOIN chunk AS slots ON slots.cluster_number ="
                + " head.cluster_number AND slots.start_epoch_seconds = head.start_epoch_seconds"
                + " AND slots.step_seconds = 0 AND slots.part = "
                + Part.SLOTS.code()
                + " WHERE head.step_seconds = 0 AND head.part = "
                + Part.HEAD.code())) {
      while (row.next()) {
        readChunk(
            row.getString(1),
            row.getLong(2),
            ChunkReader.of(row.getBytes(3)),
            ChunkReader.of(row.getBytes(4)));
      }
    }
  }

  private void readChunk(String cluster, long startSeconds, ChunkReader heads, ChunkReader slots) {
    List<Head> all = Heads.of(heads);
    long[] used = new long[slots.points()];
    slots.forEachKey(
        USED, (key, last, sum, min, max) -> System.arraycopy(last, 0, used, 0, used.length));
    if (all.size() != used.length) {
      wrong.add(cluster + " has an hour of " + all.size() + " heads and " + used.length + " slots");
      return;
    }
    for (int i = 0; i < used.length; i++) {
      add(cluster, all.get(i).snapshotId(), startSeconds * 1_000 + heads.offsetMillis(i), used[i]);
    }
    inChunks += used.length;
  }

  private void add(String cluster, String snapshotId, long observedAtMillis, long usedSlots) {
    long minute = Script.minute(snapshotId);
    newestMinute = Math.max(newestMinute, minute);
    String name = cluster + " " + snapshotId;
    if (!samples.add(name)) {
      wrong.add(name + " is stored twice");
    }
    if (observedAtMillis != Script.observedAtMillis(minute)
        || usedSlots != Script.usedSlots(Script.number(cluster), minute)) {
      wrong.add(name + " is not what was published");
    }
  }

  /** The steps are made of the same samples. */
  private void readSteps(Statement statement) throws SQLException {
    try (ResultSet row =
        statement.executeQuery(
            "SELECT step_seconds, body FROM chunk WHERE step_seconds > 0 AND part = "
                + Part.SLOTS.code())) {
      while (row.next()) {
        ChunkReader steps = ChunkReader.of(row.getBytes(2));
        for (int i = 0; i < steps.points(); i++) {
          rolledUp.merge(row.getInt(1), (long) steps.samples(i), Long::sum);
        }
      }
    }
    rolledUp.forEach(
        (seconds, count) -> {
          if (count != inChunks) {
            wrong.add("steps of " + seconds + " s have " + count + " samples of " + inChunks);
          }
        });
  }

  /** What is missing of {@code acknowledged}, stored twice, changed or damaged; empty is well. */
  List<String> wrong(Set<String> acknowledged) {
    List<String> all = new ArrayList<>(wrong);
    acknowledged.stream()
        .filter(name -> !samples.contains(name))
        .sorted()
        .forEach(name -> all.add(name + " was acknowledged and is gone"));
    return all;
  }

  /** How many samples there are, and how many of them are in chunks. */
  int count() {
    return samples.size();
  }

  int inChunks() {
    return inChunks;
  }

  /** The newest that is there; 0 in an empty database. */
  long newestMinute() {
    return newestMinute;
  }
}
