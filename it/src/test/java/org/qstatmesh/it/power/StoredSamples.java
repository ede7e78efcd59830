package org.qstatmesh.it.power;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.qstatmesh.it.kit.StoredHistory;
import org.qstatmesh.it.kit.StoredHistory.Sample;
import org.qstatmesh.store.chunk.ChunkReader;
import org.qstatmesh.store.chunk.Part;

/** What is in a database that {@link Script} was written to, and what is wrong with it. */
final class StoredSamples {
  private final List<String> wrong = new ArrayList<>();
  private final Set<String> samples = new HashSet<>();
  private final Map<Integer, Long> rolledUp = new TreeMap<>();
  private int inChunks;
  private long newestMinute;

  private StoredSamples() {}

  /** Reads all of it; recovers the log first, as every program that opens it does. */
  static StoredSamples in(Path data) throws SQLException {
    StoredSamples stored = new StoredSamples();
    StoredHistory.read(data.resolve("history.db")).forEach(stored::add);
    try (Connection connection = StoredHistory.open(data.resolve("history.db"));
        Statement statement = connection.createStatement()) {
      try (ResultSet row = statement.executeQuery("PRAGMA integrity_check")) {
        if (!row.getString(1).equals("ok")) {
          stored.wrong.add("integrity_check: " + row.getString(1));
        }
      }
      stored.readSteps(statement);
    }
    return stored;
  }

  private void add(Sample sample) {
    long minute = Script.minute(sample.snapshotId());
    newestMinute = Math.max(newestMinute, minute);
    inChunks += sample.inChunk() ? 1 : 0;
    if (!samples.add(sample.name())) {
      wrong.add(sample.name() + " is stored twice");
    }
    if (sample.observedAtEpochMillis() != Script.observedAtMillis(minute)
        || sample.slots() == null
        || sample.slots().used() != Script.usedSlots(Script.number(sample.cluster()), minute)) {
      wrong.add(sample + " is not what was published");
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
