package org.qstatmesh.store.write;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.qstatmesh.bus.ForgetAnswer;
import org.qstatmesh.bus.PollFailed;
import org.qstatmesh.bus.SnapshotTaken;
import org.qstatmesh.store.database.Database;
import org.qstatmesh.store.database.DatabaseFault;
import org.qstatmesh.store.keep.Alarms;
import org.qstatmesh.store.keep.Keeper;
import org.qstatmesh.store.keep.Retention;

/**
 * Writes batches, and keeps what was written, over a new connection after any failure. Its one
 * thread is the store's writer.
 */
public final class SampleWriter {
  private static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(60);

  private final Database database;
  private final Retention retention;
  private final Clock clock;
  private final Alarms alarms;
  private final AtomicLong walBytes = new AtomicLong();
  private final AtomicLong databaseBytes = new AtomicLong();
  private final AtomicLong eventDaysEarly = new AtomicLong();
  private final AtomicBoolean namesDeleted = new AtomicBoolean();
  private WriterConnection connection;
  private long checkpointedAtNanos = System.nanoTime();

  /**
   * A writer without a connection.
   *
   * @param clock tells which hours are over and what is too old
   * @param alarms takes what an administrator has to look at
   */
  public SampleWriter(Database database, Retention retention, Clock clock, Alarms alarms) {
    this.database = database;
    this.retention = retention;
    this.clock = clock;
    this.alarms = alarms;
  }

  /**
   * Opens the database for the first time.
   *
   * @throws IllegalArgumentException a newer release wrote it
   */
  public void open() throws IOException, SQLException {
    database.prepare();
    connect();
    databaseBytes.set(connection.bytes());
  }

  private void connect() throws SQLException {
    if (connection != null) {
      return;
    }
    try {
      connection = new WriterConnection(database, retention, clock, alarms);
    } catch (SQLException e) {
      noteDamage(e);
      throw e;
    }
  }

  private void noteDamage(Exception cause) {
    if (DatabaseFault.of(cause) == DatabaseFault.CORRUPT) {
      database.suspectDamage();
    }
  }

  /** Writes all or nothing; when it returns, all of them but the refused are on disk. */
  public Written write(List<SnapshotTaken> batch) throws SQLException {
    return write(batch, List.of());
  }

  /** The same, and which clusters do not answer; what was known of that changes nothing. */
  public Written write(List<SnapshotTaken> batch, List<PollFailed> failed) throws SQLException {
    return onConnection(() -> connection.write(batch, failed));
  }

  /**
   * Does what is due of what is done with older samples, one transaction after the other.
   *
   * @param time begins no transaction after it
   * @return whether more is due
   */
  public boolean keep(Duration time) throws SQLException {
    return onConnection(
        () -> {
          Keeper keeper = connection.keeper();
          long startedNanos = System.nanoTime();
          boolean more = keeper.work();
          while (more && System.nanoTime() - startedNanos < time.toNanos()) {
            more = keeper.work();
          }
          eventDaysEarly.addAndGet(keeper.takeEventDaysEarly());
          if (connection.takeNamesDeleted()) {
            namesDeleted.set(true);
          }
          return more;
        });
  }

  /** A person who is being forgotten. */
  public interface Forgetting {
    /**
     * Does a part of it.
     *
     * @return null while something is left to do
     */
    ForgetAnswer go(Duration time) throws SQLException;
  }

  /** Takes a login out of all answers; what is kept under it goes step by step. */
  public Forgetting forget(String login) throws SQLException {
    return onConnection(
        () -> {
          WriterConnection begunOn = connection;
          Keeper.ForgetRun run = begunOn.keeper().forget(login);
          return time -> onConnection(() -> go(run, begunOn, time));
        });
  }

  private ForgetAnswer go(Keeper.ForgetRun run, WriterConnection begunOn, Duration time)
      throws SQLException {
    if (connection != begunOn) {
      throw new SQLException("writing failed meanwhile; the name is gone, the rest follows");
    }
    long startedNanos = System.nanoTime();
    boolean done = run.step();
    while (!done && System.nanoTime() - startedNanos < time.toNanos()) {
      done = run.step();
    }
    if (!done) {
      return null;
    }
    // What was overwritten is still in the log.
    connection.checkpoint();
    return new ForgetAnswer(run.clusters(), run.chunks(), run.events());
  }

  private interface Work<T> {
    T go() throws SQLException;
  }

  private <T> T onConnection(Work<T> work) throws SQLException {
    connect();
    try {
      T done = work.go();
      if (System.nanoTime() - checkpointedAtNanos >= CHECKPOINT_INTERVAL.toNanos()) {
        checkpointedAtNanos = System.nanoTime();
        connection.checkpoint();
        databaseBytes.set(connection.bytes());
      }
      walBytes.set(database.walBytes());
      return done;
    } catch (SQLException | RuntimeException e) {
      discard(e);
      throw e;
    }
  }

  private void discard(Exception cause) {
    noteDamage(cause);
    if (connection == null) {
      return;
    }
    try {
      connection.close();
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
    connection = null;
  }

  /** Size of the write-ahead log after the last batch; any thread. */
  public long walBytes() {
    return walBytes.get();
  }

  /** Size of the history, looked at once a minute; any thread. */
  public long databaseBytes() {
    return databaseBytes.get();
  }

  /** How many days' events were summarised before their time; any thread. */
  long eventDaysEarly() {
    return eventDaysEarly.get();
  }

  /** Whether {@link #keep} deleted names since it was asked last; any thread. */
  public boolean takeNamesDeleted() {
    return namesDeleted.getAndSet(false);
  }

  /** Closes; the log goes into the database if nobody else reads it. */
  public void close() throws SQLException {
    if (connection != null) {
      connection.close();
      connection = null;
    }
  }
}
