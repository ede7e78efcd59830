package org.qstatmesh.store.keep;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.qstatmesh.store.chunk.Part;

/** The table {@code chunk}. One thread. */
final class ChunkTable implements AutoCloseable {
  private static final String SERIES = "cluster_number = ? AND part = ? AND step_seconds = ?";

  private final PreparedStatement find;
  private final PreparedStatement put;
  private final PreparedStatement delete;
  private final PreparedStatement oldest;
  private final PreparedStatement deleteUntil;
  private final PreparedStatement next;

  ChunkTable(Connection connection) throws SQLException {
    find =
        connection.prepareStatement(
            "SELECT body FROM chunk WHERE " + SERIES + " AND start_epoch_seconds = ?");
    put =
        connection.prepareStatement(
            "INSERT INTO chunk (cluster_number, part, step_seconds, start_epoch_seconds, body)"
                + " VALUES (?, ?, ?, ?, ?)"
                + " ON CONFLICT (cluster_number, part, step_seconds, start_epoch_seconds)"
                + " DO UPDATE SET body = excluded.body");
    delete =
        connection.prepareStatement(
            "DELETE FROM chunk WHERE " + SERIES + " AND start_epoch_seconds = ?");
    oldest =
        connection.prepareStatement("SELECT min(start_epoch_seconds) FROM chunk WHERE " + SERIES);
    deleteUntil =
        connection.prepareStatement(
            "DELETE FROM chunk WHERE " + SERIES + " AND start_epoch_seconds < ?");
    next =
        connection.prepareStatement(
            "SELECT start_epoch_seconds FROM chunk WHERE "
                + SERIES
                + " AND start_epoch_seconds > ? ORDER BY start_epoch_seconds LIMIT ?");
  }

  /** The body; null when there is none. */
  byte[] find(int cluster, Part part, int stepSeconds, long startMillis) throws SQLException {
    bind(find, cluster, part, stepSeconds).setLong(4, startMillis / 1_000);
    try (ResultSet row = find.executeQuery()) {
      return row.next() ? row.getBytes(1) : null;
    }
  }

  /** Replaces the body; null deletes it. */
  void put(int cluster, Part part, int stepSeconds, long startMillis, byte[] body)
      throws SQLException {
    PreparedStatement statement = body == null ? delete : put;
    bind(statement, cluster, part, stepSeconds).setLong(4, startMillis / 1_000);
    if (body != null) {
      statement.setBytes(5, body);
    }
    statement.executeUpdate();
  }

  /** Start of the oldest chunk in epoch milliseconds; null when there is none. */
  Long oldest(int cluster, Part part, int stepSeconds) throws SQLException {
    try (ResultSet row = bind(oldest, cluster, part, stepSeconds).executeQuery()) {
      row.next();
      long found = row.getLong(1);
      return row.wasNull() ? null : found * 1_000;
    }
  }

  /** Deletes what starts before. */
  int deleteUntil(int cluster, Part part, int stepSeconds, long untilMillis) throws SQLException {
    bind(deleteUntil, cluster, part, stepSeconds).setLong(4, Math.floorDiv(untilMillis, 1_000L));
    return deleteUntil.executeUpdate();
  }

  /** Starts in epoch milliseconds of the oldest chunks that start later, in order. */
  List<Long> next(int cluster, Part part, int stepSeconds, long afterMillis, int limit)
      throws SQLException {
    PreparedStatement bound = bind(next, cluster, part, stepSeconds);
    bound.setLong(4, Math.floorDiv(afterMillis, 1_000L));
    bound.setInt(5, limit);
    List<Long> starts = new ArrayList<>();
    try (ResultSet row = bound.executeQuery()) {
      while (row.next()) {
        starts.add(row.getLong(1) * 1_000);
      }
    }
    return starts;
  }

  private static PreparedStatement bind(
      PreparedStatement statement, int cluster, Part part, int stepSeconds) throws SQLException {
    statement.setInt(1, cluster);
    statement.setInt(2, part.code());
    statement.setInt(3, stepSeconds);
    return statement;
  }

  @Override
  public void close() throws SQLException {
    find.close();
    put.close();
    delete.close();
    oldest.close();
    deleteUntil.close();
    next.close();
  }
}
