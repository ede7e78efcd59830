package org.qstatmesh.store.events;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows of the table {@code cluster_change}. Knows no transactions: who calls it has one. One
 * thread.
 */
public final class ClusterChangeTable implements AutoCloseable {
  /** Of one cluster; one that comes and goes every minute fills it in a week. */
  static final int MOST_A_CLUSTER = 20_000;

  private final PreparedStatement newest;
  private final PreparedStatement insert;
  private final PreparedStatement deleteOld;
  private final PreparedStatement clusters;
  private final PreparedStatement deleteSurplus;

  /** A row; {@code failureCode} null of a cluster that answers again. */
  record Change(long atEpochMillis, String failureCode) {
    boolean isDown() {
      return failureCode != null;
    }
  }

  /** On a connection whose schema is of today. */
  public ClusterChangeTable(Connection connection) throws SQLException {
    newest =
        connection.prepareStatement(
            "SELECT at_epoch_millis, failure_code FROM cluster_change WHERE cluster_number = ?"
                + " ORDER BY at_epoch_millis DESC LIMIT 1");
    insert =
        connection.prepareStatement(
            "INSERT INTO cluster_change (cluster_number, at_epoch_millis, failure_code)"
                + " VALUES (?, ?, ?)");
    // The newest tells how the cluster stands, however old it is.
    deleteOld =
        connection.prepareStatement(
            "DELETE FROM cluster_change WHERE at_epoch_millis < ? AND at_epoch_millis <"
                + " (SELECT max(n.at_epoch_millis) FROM cluster_change n"
                + " WHERE n.cluster_number = cluster_change.cluster_number)");
    clusters = connection.prepareStatement("SELECT DISTINCT cluster_number FROM cluster_change");
    deleteSurplus =
        connection.prepareStatement(
            "DELETE FROM cluster_change WHERE cluster_number = ? AND at_epoch_millis <="
                + " (SELECT at_epoch_millis FROM cluster_change WHERE cluster_number = ?"
                + " ORDER BY at_epoch_millis DESC LIMIT 1 OFFSET ?)");
  }

  /** Null when there is none. */
  Change newest(int cluster) throws SQLException {
    newest.setInt(1, cluster);
    try (ResultSet row = newest.executeQuery()) {
      return row.next() ? new Change(row.getLong(1), row.getString(2)) : null;
    }
  }

  void insert(int cluster, Change change) throws SQLException {
    insert.setInt(1, cluster);
    insert.setLong(2, change.atEpochMillis());
    insert.setString(3, change.failureCode());
    insert.executeUpdate();
  }

  /** Deletes what is older than a moment, and of each cluster all but so many of the newest. */
  public void deleteOld(long limitEpochMillis) throws SQLException {
    deleteOld(limitEpochMillis, MOST_A_CLUSTER);
  }

  /** The same with another bound of what is kept of a cluster. */
  public void deleteOld(long limitEpochMillis, int mostACluster) throws SQLException {
    deleteOld.setLong(1, limitEpochMillis);
    deleteOld.executeUpdate();
    for (int cluster : clusters()) {
      deleteSurplus.setInt(1, cluster);
      deleteSurplus.setInt(2, cluster);
      deleteSurplus.setInt(3, mostACluster);
      deleteSurplus.executeUpdate();
    }
  }

  private List<Integer> clusters() throws SQLException {
    List<Integer> numbers = new ArrayList<>();
    try (ResultSet row = clusters.executeQuery()) {
      while (row.next()) {
        numbers.add(row.getInt(1));
      }
    }
    return numbers;
  }

  @Override
  public void close() throws SQLException {
    newest.close();
    insert.close();
    deleteOld.close();
    clusters.close();
    deleteSurplus.close();
  }
}
