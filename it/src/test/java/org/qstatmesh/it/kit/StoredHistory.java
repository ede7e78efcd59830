package org.qstatmesh.it.kit;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.qstatmesh.store.chunk.ChunkReader;
import org.qstatmesh.store.chunk.Head;
import org.qstatmesh.store.chunk.Heads;
import org.qstatmesh.store.chunk.Part;
import org.qstatmesh.store.row.RowReader;
import org.qstatmesh.store.row.RowSample;

/**
 * Every sample of a history's file, whether it is a row still or in an hour that was put together.
 */
public final class StoredHistory {
  private static final String BUSY = "?busy_timeout=30000";

  /** Places among the measures of {@link Part#SLOTS}. */
  private static final int USED = 1;

  private static final int FREE = 2;

  private final List<Sample> samples = new ArrayList<>();

  /**
   * A sample.
   *
   * @param backfilled whether it was handed in later
   * @param slots null where the nodes were not known
   * @param inChunk whether its hour was put together
   */
  public record Sample(
      String cluster,
      String snapshotId,
      long observedAtEpochMillis,
      boolean backfilled,
      Slots slots,
      boolean inChunk) {
    /** Its name in the messages of the mesh. */
    public String name() {
      return cluster + " " + snapshotId;
    }

    /** Cores; 0 of a sample that does not know them. */
    public long freeSlots() {
      return slots == null ? 0 : slots.free();
    }
  }

  /** Cores. */
  public record Slots(long used, long free) {}

  private StoredHistory() {}

  /** A connection to a file that another process may write. */
  public static Connection open(Path database) throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + database + BUSY);
  }

  /** All of them, as they are at one moment; in no order. */
  public static List<Sample> read(Path database) throws SQLException {
    try (Connection connection = open(database)) {
      return read(connection);
    }
  }

  /** The same, over a connection to a file or to a server. */
  public static List<Sample> read(Connection connection) throws SQLException {
    try {
      // One transaction: an hour that is put together meanwhile would be seen twice.
      connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
      connection.setAutoCommit(false);
      StoredHistory history = new StoredHistory();
      try (Statement statement = connection.createStatement()) {
        history.readRows(statement);
        history.readChunks(statement);
      }
      return history.samples;
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  private void readRows(Statement statement) throws SQLException {
    try (ResultSet row =
        statement.executeQuery(
            "SELECT cluster, snapshot_id, body FROM live JOIN cluster USING (cluster_number)")) {
      while (row.next()) {
        RowSample sample = RowReader.sample(row.getString(2), row.getBytes(3));
        long[] slots = sample.values().get(Part.SLOTS);
        samples.add(
            new Sample(
                row.getString(1),
                row.getString(2),
                sample.observedAtEpochMillis(),
                sample.head().backfilled(),
                // Key, total, used, free, …
                slots == null ? null : new Slots(slots[2], slots[3]),
                false));
      }
    }
  }

  private void readChunks(Statement statement) throws SQLException {
    try (ResultSet row =
        statement.executeQuery(
            "SELECT cluster, head.start_epoch_seconds, head.body, slots.body FROM chunk AS head JOIN cluster"
                + " USING (cluster_number) LEFT JOIN chunk AS slots ON slots.cluster_number ="
                + " head.cluster_number AND slots.start_epoch_seconds = head.start_epoch_seconds"
                + " AND slots.step_seconds = 0 AND slots.part = "
                + Part.SLOTS.code()
                + " WHERE head.step_seconds = 0 AND head.part = "
                + Part.HEAD.code())) {
      while (row.next()) {
        addHour(row.getString(1), row.getLong(2) * 1_000, row.getBytes(3), row.getBytes(4));
      }
    }
  }

  private void addHour(String cluster, long startMillis, byte[] headBody, byte[] slotsBody) {
    ChunkReader heads = ChunkReader.of(headBody);
    ChunkReader slots = slotsBody == null ? null : ChunkReader.of(slotsBody);
    int known = slots == null ? 0 : slots.points();
    long[] used = measure(slots, known, USED);
    long[] free = measure(slots, known, FREE);
    int next = 0;
    List<Head> all = Heads.of(heads);
    for (int i = 0; i < all.size(); i++) {
      Head head = all.get(i);
      boolean knowsSlots = head.knows(Part.SLOTS) && next < known;
      samples.add(
          new Sample(
              cluster,
              head.snapshotId(),
              startMillis + heads.offsetMillis(i),
              head.backfilled(),
              knowsSlots ? new Slots(used[next], free[next]) : null,
              true));
      next += knowsSlots ? 1 : 0;
    }
  }

  private static long[] measure(ChunkReader chunk, int points, int measure) {
    long[] values = new long[points];
    if (chunk != null) {
      chunk.forEachKey(
          measure, (key, last, sum, min, max) -> System.arraycopy(last, 0, values, 0, points));
    }
    return values;
  }
}
