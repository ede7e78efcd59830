package org.qstatmesh.store.keep;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.qstatmesh.store.chunk.ChunkSpan;
import org.qstatmesh.store.chunk.Part;
import org.qstatmesh.store.row.RowReader;
import org.qstatmesh.store.row.RowSample;

/**
 * The table {@code live}: samples of hours that are not put together yet. Gives rows their numbers
 * itself, and knows which hours they are of. Knows no transactions: who calls it has one; after one
 * that was rolled back it is of no more use. One thread.
 */
public final class LiveRows implements AutoCloseable {
  /** Rows of one statement at most: twice the parameters cost more than a second statement. */
  public static final int MOST_AT_ONCE = 64;

  private static final String RANGE =
      " FROM live WHERE live_number >= ? AND live_number <= ? AND cluster_number = ?"
          + " AND observed_at_epoch_millis >= ? AND observed_at_epoch_millis < ?";

  private final Connection connection;
  private final Damage damage;
  private final LiveHours hours = new LiveHours();

  /** By how many rows they insert. */
  private final PreparedStatement[] inserts = new PreparedStatement[MOST_AT_ONCE + 1];

  private final PreparedStatement find;
  private final PreparedStatement read;
  private final PreparedStatement delete;
  private final PreparedStatement deleteOne;
  private final PreparedStatement next;
  private final PreparedStatement update;
  private long nextNumber;

  /** A row to be written. */
  public static final class Row {
    private final int clusterNumber;
    private final long observedAtEpochMillis;
    private final String snapshotId;
    private final byte[] body;

    /**
     * Takes what it holds.
     *
     * @param body of {@link org.qstatmesh.store.row.RowWriter}
     */
    public Row(int clusterNumber, long observedAtEpochMillis, String snapshotId, byte[] body) {
      this.clusterNumber = clusterNumber;
      this.observedAtEpochMillis = observedAtEpochMillis;
      this.snapshotId = snapshotId;
      this.body = body;
    }
  }

  /** A row that is there. */
  public record Found(
      long number, int clusterNumber, long observedAtEpochMillis, boolean backfilled) {}

  /** On a connection whose schema is of today. */
  public LiveRows(Connection connection, Alarms alarms) throws SQLException {
    this.connection = connection;
    damage = new Damage(alarms);
    find =
        connection.prepareStatement(
            "SELECT live_number, observed_at_epoch_millis, body FROM live WHERE cluster_number = ?"
                + " AND snapshot_id = ? AND observed_at_epoch_millis > ?"
                + " AND observed_at_epoch_millis < ? ORDER BY live_number");
    read =
        connection.prepareStatement(
            "SELECT observed_at_epoch_millis, snapshot_id, body"
                + RANGE
                + " ORDER BY observed_at_epoch_millis, snapshot_id");
    delete = connection.prepareStatement("DELETE" + RANGE);
    deleteOne = connection.prepareStatement("DELETE FROM live WHERE live_number = ?");
    next =
        connection.prepareStatement(
            "SELECT live_number, body FROM live WHERE live_number > ? AND cluster_number = ?"
                + " ORDER BY live_number LIMIT ?");
    update = connection.prepareStatement("UPDATE live SET body = ? WHERE live_number = ?");
    load();
  }

  private void load() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT cluster_number, min(observed_at_epoch_millis), min(live_number),"
                    + " max(live_number), count(*) FROM live"
                    + " GROUP BY cluster_number, observed_at_epoch_millis / "
                    + ChunkSpan.millis(0))) {
      while (row.next()) {
        LiveHours.Range range = new LiveHours.Range(row.getLong(3), row.getLong(4), row.getLong(5));
        hours.add(row.getInt(1), row.getLong(2), range);
        nextNumber = Math.max(nextNumber, range.last());
      }
    }
    nextNumber++;
  }

  /** Writes some; {@link #MOST_AT_ONCE} at most. */
  public void insert(List<Row> rows) throws SQLException {
    PreparedStatement insert = insertOf(rows.size());
    int parameter = 1;
    long number = nextNumber;
    for (Row row : rows) {
      insert.setLong(parameter++, number++);
      insert.setInt(parameter++, row.clusterNumber);
      insert.setLong(parameter++, row.observedAtEpochMillis);
      insert.setString(parameter++, row.snapshotId);
      insert.setBytes(parameter++, row.body);
    }
    insert.executeUpdate();
    for (Row row : rows) {
      LiveHours.Range one = new LiveHours.Range(nextNumber, nextNumber, 1);
      hours.add(row.clusterNumber, row.observedAtEpochMillis, one);
      nextNumber++;
    }
  }

  /** Tells numbers that are taken from values that cannot be stored. */
  public void checkNumbers() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT max(live_number) FROM live")) {
      if (row.next() && row.getLong(1) >= nextNumber) {
        throw new SQLException("another process writes to the same history");
      }
    }
  }

  private PreparedStatement insertOf(int rows) throws SQLException {
    if (inserts[rows] == null) {
      inserts[rows] =
          connection.prepareStatement(
              "INSERT INTO live (live_number, cluster_number, observed_at_epoch_millis,"
                  + " snapshot_id, body) VALUES "
                  + String.join(", ", Collections.nCopies(rows, "(?, ?, ?, ?, ?)")));
    }
    return inserts[rows];
  }

  /** The row of a snapshot that was observed less than so long ago or later; null for none. */
  public Found find(int cluster, String snapshotId, long observedMillis, long apartMillis)
      throws SQLException {
    find.setInt(1, cluster);
    find.setString(2, snapshotId);
    find.setLong(3, observedMillis - apartMillis);
    find.setLong(4, observedMillis + apartMillis);
    try (ResultSet row = find.executeQuery()) {
      if (!row.next()) {
        return null;
      }
      RowSample sample = sample(cluster, row.getLong(2), snapshotId, row.getBytes(3));
      // What is damaged gives way to what is whole.
      boolean backfilled = sample == null || sample.head().backfilled();
      return new Found(row.getLong(1), cluster, row.getLong(2), backfilled);
    }
  }

  /** Takes a row away. */
  public void delete(Found found) throws SQLException {
    deleteOne.setLong(1, found.number());
    deleteOne.executeUpdate();
    hours.remove(found.clusterNumber(), found.observedAtEpochMillis());
  }

  /** Start of the oldest hour, from that of a time on, that has rows; null when none has. */
  Long oldestHour(int cluster, long fromMillis) {
    return hours.oldest(cluster, fromMillis);
  }

  /** The samples of a span, by time; what is damaged is left out and told. */
  List<RowSample> read(int cluster, long fromMillis, long toMillis) throws SQLException {
    List<RowSample> samples = new ArrayList<>();
    if (bind(read, cluster, fromMillis, toMillis)) {
      try (ResultSet row = read.executeQuery()) {
        while (row.next()) {
          RowSample sample = sample(cluster, row.getLong(1), row.getString(2), row.getBytes(3));
          if (sample != null) {
            samples.add(sample);
          }
        }
      }
    }
    return samples;
  }

  private RowSample sample(int cluster, long observedMillis, String snapshotId, byte[] body) {
    try {
      return RowReader.sample(snapshotId, body);
    } catch (IllegalArgumentException e) {
      damage.found(cluster, Part.HEAD, 0, observedMillis, e);
      return null;
    }
  }

  /** Takes all rows of whole hours away. */
  void delete(int cluster, long fromMillis, long toMillis) throws SQLException {
    if (bind(delete, cluster, fromMillis, toMillis)) {
      delete.executeUpdate();
      hours.removeAll(cluster, fromMillis, toMillis);
    }
  }

  /** Returns whether there is any such row. */
  private boolean bind(PreparedStatement statement, int cluster, long fromMillis, long toMillis)
      throws SQLException {
    LiveHours.Range range = hours.range(cluster, fromMillis, toMillis);
    statement.setLong(1, range.first());
    statement.setLong(2, range.last());
    statement.setInt(3, cluster);
    statement.setLong(4, fromMillis);
    statement.setLong(5, toMillis);
    return range.rows() > 0;
  }

  /** Bodies of the next rows of a cluster behind a number, by their numbers. */
  SortedMap<Long, byte[]> next(int cluster, long afterNumber, int limit) throws SQLException {
    next.setLong(1, afterNumber);
    next.setInt(2, cluster);
    next.setInt(3, limit);
    SortedMap<Long, byte[]> rows = new TreeMap<>();
    try (ResultSet row = next.executeQuery()) {
      while (row.next()) {
        rows.put(row.getLong(1), row.getBytes(2));
      }
    }
    return rows;
  }

  /** Writes a row anew. */
  void update(long number, byte[] body) throws SQLException {
    update.setBytes(1, body);
    update.setLong(2, number);
    update.executeUpdate();
  }

  @Override
  public void close() throws SQLException {
    for (PreparedStatement insert : inserts) {
      if (insert != null) {
        insert.close();
      }
    }
    find.close();
    read.close();
    delete.close();
    deleteOne.close();
    next.close();
    update.close();
  }
}
