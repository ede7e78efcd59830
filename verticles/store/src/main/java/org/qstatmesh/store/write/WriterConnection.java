package org.qstatmesh.store.write;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.bus.PollFailed;
import org.qstatmesh.bus.SnapshotTaken;
import org.qstatmesh.store.chunk.Part;
import org.qstatmesh.store.database.Database;
import org.qstatmesh.store.database.DatabaseFault;
import org.qstatmesh.store.database.Migrations;
import org.qstatmesh.store.events.ClusterStates;
import org.qstatmesh.store.events.EventWriter;
import org.qstatmesh.store.keep.Alarms;
import org.qstatmesh.store.keep.Keeper;
import org.qstatmesh.store.keep.Keeper.Standing;
import org.qstatmesh.store.keep.LiveRows;
import org.qstatmesh.store.keep.Retention;
import org.qstatmesh.store.keep.RowFilter;
import org.qstatmesh.store.row.RowWriter;
import org.qstatmesh.store.row.SummaryNumbers;
import org.qstatmesh.store.word.About;
import org.qstatmesh.store.word.Dictionary;
import org.qstatmesh.store.word.WordKind;

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

  private final Database database;
  private final Object identity;
  private final Connection connection;
  private final Statement statement;
  private final Dictionary dictionary;
  private final RowFilter filter;
  private final LiveRows rows;
  private final RowWriter bodies = new RowWriter();
  private final List<Pending> pending = new ArrayList<>(LiveRows.MOST_AT_ONCE);
  private final EventWriter events;
  private final ClusterStates states;
  private final Keeper keeper;
  private boolean areNamesDeleted;

  /** A row that is not written yet, and what it was made of. */
  private record Pending(SnapshotTaken taken, LiveRows.Row row) {}

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
      Migrations.apply(connection, database);
      identity = database.identity();
      statement = connection.createStatement();
      dictionary = new Dictionary(connection);
      rows = new LiveRows(connection, alarms);
      events = new EventWriter(connection);
      states = new ClusterStates(connection);
      Runnable namesDeleted =
          () -> {
            dictionary.forget();
            events.forget();
            areNamesDeleted = true;
          };
      keeper =
          new Keeper(connection, rows, database.dialect(), retention, clock, alarms, namesDeleted);
      filter = new RowFilter(connection);
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
  Written write(List<SnapshotTaken> batch, List<PollFailed> failed) throws SQLException {
    checkIdentity();
    filter.tidy();
    int stored = 0;
    List<SnapshotTaken> refused = new ArrayList<>();
    statement.execute(database.dialect().begin());
    // Before the answers: whichever came later decides, by its time.
    for (PollFailed poll : failed) {
      states.failed(dictionary.clusterNumber(poll.cluster()), poll);
    }
    for (SnapshotTaken taken : batch) {
      switch (add(taken)) {
        case NEW -> stored++;
        case TOO_OLD -> refused.add(taken);
        case DUPLICATE -> {
          // Acknowledged like the first of them.
        }
      }
    }
    writePending();
    statement.execute("COMMIT");
    return new Written(stored, batch.size() - stored - refused.size(), refused);
  }

  /** Does what is due of what is done with older samples; outside a transaction. */
  Keeper keeper() throws SQLException {
    checkIdentity();
    return keeper;
  }

  /** Whether numbers of names became free since it was asked last. */
  boolean takeNamesDeleted() {
    boolean deleted = areNamesDeleted;
    areNamesDeleted = false;
    return deleted;
  }

  /** A file that was removed or replaced still takes writes, which nobody would find again. */
  private void checkIdentity() throws SQLException {
    if (!database.identity().equals(identity)) {
      throw new SQLException("the database file was replaced");
    }
  }

  private Standing add(SnapshotTaken taken) throws SQLException {
    ClusterSummary summary = taken.summary();
    int cluster;
    byte[] body;
    try {
      cluster = dictionary.clusterNumber(summary.cluster());
      Standing standing = standing(cluster, taken);
      if (!taken.backfilled()) {
        states.answered(cluster, summary.receivedAtEpochMillis());
      }
      if (standing != Standing.NEW) {
        return standing;
      }
      int about = dictionary.aboutNumber(cluster, About.of(summary));
      ClusterNumbers numbers = new ClusterNumbers(dictionary, cluster);
      body = bodies.write(SummaryNumbers.of(taken, about, numbers));
      events.write(cluster, taken, numbers);
    } catch (SQLException e) {
      if (DatabaseFault.isOfTheValues(e)) {
        throw new UnstorableException(taken, e);
      }
      throw e;
    } catch (UnstorableException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new UnstorableException(taken, e);
    }
    String id = summary.snapshotId();
    pending.add(
        new Pending(taken, new LiveRows.Row(cluster, summary.observedAtEpochMillis(), id, body)));
    filter.add(cluster, id);
    if (pending.size() == LiveRows.MOST_AT_ONCE) {
      writePending();
    }
    return Standing.NEW;
  }

  private void writePending() throws SQLException {
    if (pending.isEmpty()) {
      return;
    }
    try {
      rows.insert(pending.stream().map(Pending::row).toList());
    } catch (SQLException e) {
      if (DatabaseFault.isOfTheValues(e)) {
        findUnstorable();
        throw new SQLException("rows that the database refuses together it takes one by one", e);
      }
      throw e;
    }
    pending.clear();
  }

  /** Tries one row after the other, for nothing but to name the one. */
  private void findUnstorable() throws SQLException {
    // PostgreSQL takes no statement in a transaction in which one has failed.
    statement.execute("ROLLBACK");
    rows.checkNumbers();
    statement.execute(database.dialect().begin());
    for (Pending one : pending) {
      try {
        rows.insert(List.of(one.row()));
      } catch (SQLException e) {
        if (DatabaseFault.isOfTheValues(e)) {
          throw new UnstorableException(one.taken(), e);
        }
        throw e;
      }
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
  private boolean isStored(int cluster, SnapshotTaken taken) throws SQLException {
    ClusterSummary summary = taken.summary();
    if (!filter.mayHold(cluster, summary.snapshotId())) {
      return false;
    }
    // It may be one of the same batch.
    writePending();
    LiveRows.Found found =
        rows.find(
            cluster,
            summary.snapshotId(),
            summary.observedAtEpochMillis(),
            SAME_ID_SAME_SNAPSHOT.toMillis());
    if (found == null) {
      return false;
    }
    if (taken.backfilled() || !found.backfilled()) {
      return true;
    }
    rows.delete(found);
    return false;
  }

  /** Numbers of the names on one cluster. */
  private record ClusterNumbers(Dictionary dictionary, int cluster)
      implements EventWriter.Numbers, SummaryNumbers.Numbers {
    @Override
    public int numberOf(Part part, String word) throws SQLException {
      return dictionary.wordNumber(cluster, WordKind.ofCode(part.code()), word);
    }

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

  /** Size of the history. */
  long bytes() throws SQLException {
    return database.bytes(connection);
  }

  /** Ends a transaction under way without its changes. */
  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
