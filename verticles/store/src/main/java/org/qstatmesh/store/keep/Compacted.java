package org.qstatmesh.store.keep;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The table {@code compacted}, of which all is known here. One thread. */
final class Compacted implements AutoCloseable {
  private final Map<Integer, Long> untilMillis = new HashMap<>();
  private final PreparedStatement clusters;
  private final PreparedStatement put;

  Compacted(Connection connection) throws SQLException {
    clusters =
        connection.prepareStatement("SELECT cluster_number FROM cluster ORDER BY cluster_number");
    put =
        connection.prepareStatement(
            "INSERT INTO compacted (cluster_number, until_epoch_seconds) VALUES (?, ?)"
                + " ON CONFLICT (cluster_number)"
                + " DO UPDATE SET until_epoch_seconds = excluded.until_epoch_seconds");
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT cluster_number, until_epoch_seconds FROM compacted")) {
      while (row.next()) {
        untilMillis.put(row.getInt(1), row.getLong(2) * 1_000);
      }
    }
  }

  /** The numbers of all clusters. */
  List<Integer> clusters() throws SQLException {
    List<Integer> numbers = new ArrayList<>();
    try (ResultSet row = clusters.executeQuery()) {
      while (row.next()) {
        numbers.add(row.getInt(1));
      }
    }
    return numbers;
  }

  /** What was observed before it is in chunks; least when nothing is. */
  long untilMillis(int cluster) {
    return untilMillis.getOrDefault(cluster, Long.MIN_VALUE);
  }

  /** Moves it forward, never back. */
  void advance(int cluster, long toMillis) throws SQLException {
    if (toMillis > untilMillis(cluster)) {
      put.setInt(1, cluster);
      put.setLong(2, toMillis / 1_000);
      put.executeUpdate();
      untilMillis.put(cluster, toMillis);
    }
  }

  @Override
  public void close() throws SQLException {
    clusters.close();
    put.close();
  }
}
