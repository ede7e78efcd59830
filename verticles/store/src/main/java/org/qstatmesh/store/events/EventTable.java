package org.qstatmesh.store.events;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The rows of the table {@code event} as its keepers need them. One thread. */
final class EventTable implements AutoCloseable {
  private static final long DAY_MILLIS = 86_400_000;
  private static final String DAY =
      " FROM event WHERE cluster_number = ? AND observed_at_epoch_millis >= ?"
          + " AND observed_at_epoch_millis < ?";

  private final PreparedStatement oldest;
  private final PreparedStatement page;
  private final PreparedStatement deleteDay;
  private final PreparedStatement update;

  /** A row; nobody changes its bytes. */
  static final class Row {
    private final long observedAtEpochMillis;
    private final String snapshotId;
    private final byte[] body;

    Row(long observedAtEpochMillis, String snapshotId, byte[] body) {
      this.observedAtEpochMillis = observedAtEpochMillis;
      this.snapshotId = snapshotId;
      this.body = body;
    }

    long observedAtEpochMillis() {
      return observedAtEpochMillis;
    }

    long epochDay() {
      return Math.floorDiv(observedAtEpochMillis, DAY_MILLIS);
    }

    byte[] body() {
      return body;
    }
  }

  EventTable(Connection connection) throws SQLException {
    oldest =
        connection.prepareStatement(
            "SELECT min(observed_at_epoch_millis) FROM event WHERE cluster_number = ?");
    page =
        connection.prepareStatement(
            "SELECT observed_at_epoch_millis, snapshot_id, body FROM event"
                + " WHERE cluster_number = ?"
                + " AND (observed_at_epoch_millis, snapshot_id) > (?, ?)"
                + " AND observed_at_epoch_millis < ?"
                + " ORDER BY observed_at_epoch_millis, snapshot_id LIMIT ?");
    deleteDay = connection.prepareStatement("DELETE" + DAY);
    update =
        connection.prepareStatement(
            "UPDATE event SET body = ? WHERE cluster_number = ?"
                + " AND observed_at_epoch_millis = ? AND snapshot_id = ?");
  }

  /** Day of the oldest row; null when there is none. */
  Long oldestDay(int cluster) throws SQLException {
    oldest.setInt(1, cluster);
    try (ResultSet row = oldest.executeQuery()) {
      row.next();
      long found = row.getLong(1);
      return row.wasNull() ? null : (Long) Math.floorDiv(found, DAY_MILLIS);
    }
  }

  /** The rows behind one, in order; {@code after} null begins with the oldest. */
  List<Row> next(int cluster, Row after, long untilEpochDay, int limit) throws SQLException {
    page.setInt(1, cluster);
    page.setLong(2, after == null ? Long.MIN_VALUE : after.observedAtEpochMillis());
    page.setString(3, after == null ? "" : after.snapshotId);
    page.setLong(
        4,
        untilEpochDay > Long.MAX_VALUE / DAY_MILLIS ? Long.MAX_VALUE : untilEpochDay * DAY_MILLIS);
    page.setInt(5, limit);
    List<Row> rows = new ArrayList<>();
    try (ResultSet row = page.executeQuery()) {
      while (row.next()) {
        rows.add(new Row(row.getLong(1), row.getString(2), row.getBytes(3)));
      }
    }
    return rows;
  }

  void deleteDay(int cluster, long epochDay) throws SQLException {
    deleteDay.setInt(1, cluster);
    deleteDay.setLong(2, epochDay * DAY_MILLIS);
    deleteDay.setLong(3, (epochDay + 1) * DAY_MILLIS);
    deleteDay.executeUpdate();
  }

  void update(int cluster, Row row, byte[] body) throws SQLException {
    update.setBytes(1, body);
    update.setInt(2, cluster);
    update.setLong(3, row.observedAtEpochMillis());
    update.setString(4, row.snapshotId);
    update.executeUpdate();
  }

  @Override
  public void close() throws SQLException {
    oldest.close();
    page.close();
    deleteDay.close();
    update.close();
  }
}
