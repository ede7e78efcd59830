package org.qstatmesh.store;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.qstatmesh.bus.SnapshotTaken;
import org.qstatmesh.store.WriterConnection.Written;
import org.qstatmesh.store.database.Database;

/**
 * Writes batches, over a new connection after any failure. Its one thread is the store's writer.
 */
final class SampleWriter {
  private static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(60);

  private final Database database;
  private final AtomicLong walBytes = new AtomicLong();
  private WriterConnection connection;
  private long checkpointedAtNanos = System.nanoTime();

  SampleWriter(Database database) {
    this.database = database;
  }

  /**
   * Opens the database for the first time.
   *
   * @throws IllegalArgumentException a newer release wrote it
   */
  void open() throws IOException, SQLException {
    database.prepare();
    connection = new WriterConnection(database);
  }

  /** Writes all or nothing; when it returns, all of them are on disk. */
  Written write(List<SnapshotTaken> batch) throws SQLException {
    if (connection == null) {
      connection = new WriterConnection(database);
    }
    try {
      Written written = connection.write(batch);
      if (System.nanoTime() - checkpointedAtNanos >= CHECKPOINT_INTERVAL.toNanos()) {
        checkpointedAtNanos = System.nanoTime();
        connection.checkpoint();
      }
      walBytes.set(database.walBytes());
      return written;
    } catch (SQLException | RuntimeException e) {
      discard(e);
      throw e;
    }
  }

  private void discard(Exception cause) {
    try {
      connection.close();
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
    connection = null;
  }

  /** Size of the write-ahead log after the last batch; any thread. */
  long walBytes() {
    return walBytes.get();
  }

  /** Closes; the log goes into the database if nobody else reads it. */
  void close() throws SQLException {
    if (connection != null) {
      connection.close();
      connection = null;
    }
  }
}
