package org.qstatmesh.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.bus.SnapshotTaken;
import org.qstatmesh.store.StoreConfig.Retention;
import org.qstatmesh.store.database.Database;
import org.qstatmesh.store.events.EventWriter;
import org.qstatmesh.store.keep.Alarms;
import org.qstatmesh.store.keep.Keeper;
import org.qstatmesh.store.keep.Keeper.Standing;
import org.qstatmesh.store.keep.RowFilter;

/**
 * The connection that writes, with its statements and what it knows of the dictionary. After any
 * exception it is of no more use: sqlite-jdbc's statements stay poisoned after a full disk, and the
 * dictionary may know numbers that were rolled back. Close it and open another. One thread.
 */
final class WriterConnection implements AutoCloseable {
  /**
   * The poller repeats a summary for a quarter of an hour. Beyond a day the same id is another
   * collection: probes may count anew when they start.
   */
  private static final Duration SAME_ID_SAME_SNAPSHOT = Duration.ofDays(1);

  private static final String SAME =
      "cluster_number = ? AND snapshot_id = ?"
          + " AND observed_at_epoch_millis > ? AND observed_at_epoch_millis < ?";

  private final Database database;
  private final Object identity;
  private final Connection connection;
  private final Statement statement;
  private final Dictionary dictionary;
  private final PreparedStatement find;
  private final PreparedStatement giveWay;
  private final PreparedStatement insert;
  private final RowFilter rows;
  private final EventWriter events;
  private final Keeper keeper;

  /**
   * What became of a batch that is on disk now.
   *
   * @param refused those that came when their time was not kept any more
   */
  record Written(int stored, int duplicates, List<SnapshotTaken> refused) {
    /** Of one of the batch. */
    boolean isOnDisk(SnapshotTaken taken) {
      return !refused.contains(taken);
    }
  }

  /**
   * Opens the database and brings it to today's schema.
   *
   * @throws IllegalArgumentException a newer release wrote it
   */
  WriterConnection(Database database, Retention retention, Clock clock, Alarms alarms)
      throws SQLException {
    this.database = database;
    connection = database.openForWriting();
    try {
      Migrations.apply(connection, database.dialect());
      identity = database.identity();
      statement = connection.createStatement();
      dictionary = new Dictionary(connection);
      find =
          connection.prepareStatement(
              // Keys first, by the index alone: for a column beyond it SQLite reads days of rows.
              "SELECT min(backfilled) FROM sample WHERE (cluster_number, observed_at_epoch_millis,"
                  + " snapshot_id) IN (SELECT cluster_number, observed_at_epoch_millis, snapshot_id"
                  + " FROM sample WHERE "
                  + SAME
                  + ") HAVING count(*) > 0");
      giveWay = connection.prepareStatement("DELETE FROM sample WHERE " + SAME);
      insert =
          connection.prepareStatement(
              "INSERT INTO sample ("
                  + String.join(", ", SampleRow.COLUMNS)
                  + ") VALUES ("
                  + String.join(", ", Collections.nCopies(SampleRow.COLUMNS.size(), "?"))
                  + ")");
      rows = new RowFilter(connection);
      events = new EventWriter(connection);
      Runnable namesDeleted =
          () -> {
            dictionary.forget();
            events.forget();
          };
      keeper = new Keeper(connection, database.dialect(), retention, clock, alarms, namesDeleted);
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /**
   * Writes all or nothing; when it returns, all of them are on disk.
   *
   * @throws UnstorableException names the summary that no repetition will store
   */
  Written write(List<SnapshotTaken> batch) throws SQLException {
    checkIdentity();
    rows.tidy();
    int stored = 0;
    List<SnapshotTaken> refused = new ArrayList<>();
    statement.execute(database.dialect().begin());
    for (SnapshotTaken taken : batch) {
      switch (insert(taken)) {
        case NEW -> stored++;
        case TOO_OLD -> refused.add(taken);
        case DUPLICATE -> {
          // Acknowledged like the first of them.
        }
      }
    }
    statement.execute("COMMIT");
    return new Written(stored, batch.size() - stored - refused.size(), refused);
  }

  /** Does what is due of what is done with older samples; outside a transaction. */
  Keeper keeper() throws SQLException {
    checkIdentity();
    return keeper;
  }

  /** A file that was removed or replaced still takes writes, which nobody would find again. */
  private void checkIdentity() throws SQLException {
    if (!database.identity().equals(identity)) {
      throw new SQLException("the database file was replaced");
    }
  }

  private Standing insert(SnapshotTaken taken) throws SQLException {
    ClusterSummary summary = taken.summary();
    try {
      int cluster = dictionary.clusterNumber(summary.cluster());
      Standing standing = standing(cluster, taken);
      if (standing != Standing.NEW) {
        return standing;
      }
      int about = dictionary.aboutNumber(cluster, About.of(summary));
      List<Object> values =
          SampleRow.values(
              cluster, about, taken, (kind, word) -> dictionary.wordNumber(cluster, kind, word));
      for (int i = 0; i < values.size(); i++) {
        insert.setObject(i + 1, values.get(i));
      }
      insert.executeUpdate();
      rows.add(cluster, summary.snapshotId());
      events.write(cluster, taken, new ClusterNumbers(dictionary, cluster));
      return Standing.NEW;
    } catch (SQLException e) {
      if (WriteFault.isOfTheValues(e)) {
        throw new UnstorableException(taken, e);
      }
      throw e;
    } catch (RuntimeException e) {
      throw new UnstorableException(taken, e);
    }
  }

  private Standing standing(int cluster, SnapshotTaken taken) throws SQLException {
    ClusterSummary summary = taken.summary();
    return isStored(cluster, taken)
        ? Standing.DUPLICATE
        : keeper.standing(
            cluster, summary.snapshotId(), summary.observedAtEpochMillis(), taken.backfilled());
  }

  /** Whether a row has the snapshot; one that was filled in gives way to the same seen live. */
  private boolean isStored(int clusterNumber, SnapshotTaken taken) throws SQLException {
    if (!rows.mayHold(clusterNumber, taken.summary().snapshotId())) {
      return false;
    }
    bindSame(find, clusterNumber, taken.summary());
    try (ResultSet found = find.executeQuery()) {
      if (!found.next()) {
        return false;
      }
      if (taken.backfilled() || found.getInt(1) == 0) {
        return true;
      }
    }
    bindSame(giveWay, clusterNumber, taken.summary());
    giveWay.executeUpdate();
    return false;
  }

  private static void bindSame(PreparedStatement same, int clusterNumber, ClusterSummary summary)
      throws SQLException {
    same.setInt(1, clusterNumber);
    same.setString(2, summary.snapshotId());
    same.setLong(3, summary.observedAtEpochMillis() - SAME_ID_SAME_SNAPSHOT.toMillis());
    same.setLong(4, summary.observedAtEpochMillis() + SAME_ID_SAME_SNAPSHOT.toMillis());
  }

  /** Numbers of the names on one cluster. */
  private record ClusterNumbers(Dictionary dictionary, int cluster) implements EventWriter.Numbers {
    @Override
    public int user(String login) throws SQLException {
      return dictionary.wordNumber(cluster, WordKind.USER, login);
    }

    @Override
    public int queue(String queueName) throws SQLException {
      return dictionary.wordNumber(cluster, WordKind.QUEUE, queueName);
    }

    @Override
    public int account(String accountingId) throws SQLException {
      return dictionary.wordNumber(cluster, WordKind.ACCOUNT, accountingId);
    }
  }

  /** Moves what the log holds into the database, so that the log starts anew. */
  void checkpoint() throws SQLException {
    database.checkpoint(connection);
  }

  /** Ends a transaction under way without its changes. */
  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
