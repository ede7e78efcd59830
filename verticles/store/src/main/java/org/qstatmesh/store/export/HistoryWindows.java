package org.qstatmesh.store.export;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.qstatmesh.store.chunk.ChunkSpan;
import org.qstatmesh.store.chunk.ChunkWriter;
import org.qstatmesh.store.chunk.Part;
import org.qstatmesh.store.row.RowReader;
import org.qstatmesh.store.row.RowSample;

/**
 * Reads the history window by window: what one chunk spans. Each is read in a transaction of its
 * own that ends before anything is written elsewhere, so that a slow receiver does not keep the log
 * of the database from being emptied, and an hour that is compacted meanwhile is neither missed nor
 * read twice. One thread.
 */
final class HistoryWindows {
  private static final long HOUR_SECONDS = Duration.ofHours(1).toSeconds();

  private final Connection connection;
  private final int stepSeconds;

  /**
   * @param connection is put into transactions that see one state of the database
   * @param stepSeconds 0 for samples
   */
  HistoryWindows(Connection connection, int stepSeconds) throws SQLException {
    this.connection = connection;
    this.stepSeconds = stepSeconds;
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    connection.setAutoCommit(false);
  }

  /** Length of a window; they are aligned to the epoch. */
  long spanSeconds() {
    return ChunkSpan.seconds(stepSeconds);
  }

  /** Numbers of the clusters by their ids, sorted. */
  SortedMap<String, Integer> clusters() throws SQLException {
    SortedMap<String, Integer> clusters = new TreeMap<>();
    try (PreparedStatement select =
            connection.prepareStatement("SELECT cluster, cluster_number FROM cluster");
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        clusters.put(row.getString(1), row.getInt(2));
      }
    }
    connection.commit();
    return clusters;
  }

  /** Start of the first window from {@code fromSeconds} on, itself a start, that holds anything. */
  OptionalLong next(int cluster, long fromSeconds) throws SQLException {
    OptionalLong next = OptionalLong.empty();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT min(start_epoch_seconds) FROM chunk WHERE cluster_number = ? AND part = ?"
                + " AND step_seconds = ? AND start_epoch_seconds >= ?")) {
      select.setInt(1, cluster);
      select.setInt(3, stepSeconds);
      select.setLong(4, fromSeconds);
      for (Part part : Part.values()) {
        select.setInt(2, part.code());
        next = earlier(next, select);
      }
    }
    // What is live is newer than all chunks, but for what came late and is not looked for.
    if (stepSeconds == 0 && next.isEmpty()) {
      try (PreparedStatement select =
          connection.prepareStatement(
              "SELECT min(observed_at_epoch_millis) / 1000 FROM live"
                  + " WHERE cluster_number = ? AND observed_at_epoch_millis >= ?")) {
        select.setInt(1, cluster);
        select.setLong(2, fromSeconds * 1_000);
        next = earlier(next, select);
      }
    }
    connection.commit();
    return next.isEmpty() ? next : OptionalLong.of(floor(next.getAsLong()));
  }

  /** Start of the window that holds {@code epochSeconds}. */
  long floor(long epochSeconds) {
    return Math.floorDiv(epochSeconds, spanSeconds()) * spanSeconds();
  }

  private static OptionalLong earlier(OptionalLong one, PreparedStatement other)
      throws SQLException {
    try (ResultSet row = other.executeQuery()) {
      row.next();
      long start = row.getLong(1);
      return row.wasNull() || (one.isPresent() && one.getAsLong() <= start)
          ? one
          : OptionalLong.of(start);
    }
  }

  /** Bodies of a window, without {@link Part#HEAD}. */
  Map<Part, byte[]> read(int cluster, long startSeconds) throws SQLException {
    Map<Part, byte[]> bodies = new EnumMap<>(Part.class);
    if (stepSeconds > 0 || startSeconds < compactedUntil(cluster)) {
      readChunks(cluster, startSeconds, bodies);
    } else {
      bodies = readRows(cluster, startSeconds);
    }
    connection.commit();
    return bodies;
  }

  private long compactedUntil(int cluster) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT until_epoch_seconds FROM compacted WHERE cluster_number = ?")) {
      select.setInt(1, cluster);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? row.getLong(1) : Long.MIN_VALUE;
      }
    }
  }

  private void readChunks(int cluster, long startSeconds, Map<Part, byte[]> bodies)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT body FROM chunk WHERE cluster_number = ? AND part = ? AND step_seconds = ?"
                + " AND start_epoch_seconds = ?")) {
      select.setInt(1, cluster);
      select.setInt(3, stepSeconds);
      select.setLong(4, startSeconds);
      for (Part part : Part.values()) {
        if (part != Part.HEAD) {
          select.setInt(2, part.code());
          try (ResultSet row = select.executeQuery()) {
            if (row.next()) {
              bodies.put(part, row.getBytes(1));
            }
          }
        }
      }
    }
  }

  private Map<Part, byte[]> readRows(int cluster, long startSeconds) throws SQLException {
    Map<Part, ChunkWriter> parts = new EnumMap<>(Part.class);
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT snapshot_id, body FROM live WHERE cluster_number = ?"
                + " AND observed_at_epoch_millis >= ? AND observed_at_epoch_millis < ?"
                + " ORDER BY observed_at_epoch_millis, snapshot_id")) {
      select.setInt(1, cluster);
      select.setLong(2, startSeconds * 1_000);
      select.setLong(3, (startSeconds + HOUR_SECONDS) * 1_000);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          add(RowReader.sample(row.getString(1), row.getBytes(2)), startSeconds * 1_000, parts);
        }
      }
    }
    Map<Part, byte[]> bodies = new EnumMap<>(Part.class);
    parts.forEach((part, chunk) -> bodies.put(part, chunk.toBytes()));
    return bodies;
  }

  /** Rows are made chunks, so that all of the history is read in one way. */
  private static void add(RowSample row, long startMillis, Map<Part, ChunkWriter> parts) {
    row.values()
        .forEach(
            (part, values) -> {
              if (part != Part.HEAD) {
                ChunkWriter chunk = parts.computeIfAbsent(part, ChunkWriter::raw);
                chunk.point(row.observedAtEpochMillis() - startMillis, 1);
                RowSample.put(part, values, chunk);
              }
            });
  }

  /** The name that a number stands for; null for none, and for one that was forgotten. */
  String word(int cluster, Part part, int number) throws SQLException {
    if (number == 0) {
      return null;
    }
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT word FROM word WHERE cluster_number = ? AND kind = ? AND number = ?")) {
      select.setInt(1, cluster);
      select.setInt(2, part.code());
      select.setInt(3, number);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? row.getString(1) : null;
      }
    } finally {
      connection.commit();
    }
  }
}
