package org.qstatmesh.store.keep;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.qstatmesh.store.chunk.ChunkSpan;
import org.qstatmesh.store.chunk.Head;
import org.qstatmesh.store.chunk.Part;
import org.qstatmesh.store.row.RowSample;

/**
 * The table {@code sample}, of an earlier release: its rows are put together, the oldest hour
 * first, and nothing is written to it. One thread.
 */
final class OldRows implements AutoCloseable {
  /** Columns of a part: one with a BLOB, or one for each measure of the single key 0. */
  private static final Map<Part, List<String>> COLUMNS = columns();

  private static final String RANGE =
      " FROM sample WHERE cluster_number = ? AND observed_at_epoch_millis >= ?"
          + " AND observed_at_epoch_millis < ?";

  private final PreparedStatement any;
  private final PreparedStatement oldest;
  private final PreparedStatement read;
  private final PreparedStatement delete;
  private final Damage damage;
  private boolean empty;

  OldRows(Connection connection, Damage damage) throws SQLException {
    this.damage = damage;
    any = connection.prepareStatement("SELECT 1 FROM sample LIMIT 1");
    oldest =
        connection.prepareStatement(
            "SELECT min(observed_at_epoch_millis) FROM sample"
                + " WHERE cluster_number = ? AND observed_at_epoch_millis >= ?");
    read =
        connection.prepareStatement(
            "SELECT observed_at_epoch_millis, snapshot_id, received_at_epoch_millis, about_number,"
                + " failure, backfilled, "
                + COLUMNS.values().stream()
                    .flatMap(Collection::stream)
                    .collect(Collectors.joining(", "))
                + RANGE
                + " ORDER BY observed_at_epoch_millis, snapshot_id");
    delete = connection.prepareStatement("DELETE" + RANGE);
    look();
  }

  private static Map<Part, List<String>> columns() {
    Map<Part, List<String>> columns = new LinkedHashMap<>();
    columns.put(Part.USER, List.of("user_use"));
    columns.put(Part.GROUP, List.of("group_use"));
    columns.put(Part.ACCOUNT, List.of("account_use"));
    columns.put(Part.QUEUE, List.of("queue_use"));
    columns.put(Part.REASON, List.of("waiting"));
    columns.put(Part.HEAD, List.of("queues"));
    columns.put(
        Part.SLOTS,
        List.of(
            "slots_total", "slots_used", "slots_free", "slots_unavailable", "slots_largest_free"));
    columns.put(
        Part.JOBS,
        List.of("jobs_running", "jobs_queued", "jobs_held", "jobs_suspended", "jobs_undetermined"));
    columns.put(
        Part.NODES,
        List.of(
            "nodes_total",
            "nodes_free",
            "nodes_partial",
            "nodes_full",
            "nodes_draining",
            "nodes_offline",
            "nodes_down",
            "nodes_unknown"));
    columns.put(Part.GPUS, List.of("gpus_total", "gpus_used"));
    return columns;
  }

  private void look() throws SQLException {
    try (ResultSet row = any.executeQuery()) {
      empty = !row.next();
    }
  }

  /** Whether all of them are put together. */
  boolean isEmpty() {
    return empty;
  }

  /** Start of the hour of the oldest row from a time on; null when there is none. */
  Long oldestHour(int cluster, long fromEpochMillis) throws SQLException {
    if (empty) {
      return null;
    }
    oldest.setInt(1, cluster);
    oldest.setLong(2, fromEpochMillis);
    try (ResultSet row = oldest.executeQuery()) {
      row.next();
      long found = row.getLong(1);
      return row.wasNull() ? null : (Long) ChunkSpan.startMillis(0, found);
    }
  }

  /** The samples of a span, by time. */
  List<RowSample> read(int cluster, long fromEpochMillis, long toEpochMillis) throws SQLException {
    if (empty) {
      return List.of();
    }
    bind(read, cluster, fromEpochMillis, toEpochMillis);
    List<RowSample> samples = new ArrayList<>();
    try (ResultSet row = read.executeQuery()) {
      while (row.next()) {
        samples.add(sample(row, cluster));
      }
    }
    return samples;
  }

  private RowSample sample(ResultSet row, int cluster) throws SQLException {
    long observed = row.getLong(1);
    Map<Part, long[]> values = new EnumMap<>(Part.class);
    int column = 7;
    for (Map.Entry<Part, List<String>> part : COLUMNS.entrySet()) {
      int size = part.getValue().size();
      long[] of =
          size == 1
              ? blob(row.getBytes(column), part.getKey(), cluster, observed)
              : counts(row, column, size);
      if (of != null) {
        values.put(part.getKey(), of);
      }
      column += size;
    }
    Head head =
        new Head(
            row.getString(2),
            row.getLong(3) - observed,
            row.getInt(4),
            row.getString(5),
            row.getInt(6) != 0,
            Head.bitsOf(values.keySet()));
    return new RowSample(observed, head, values);
  }

  private long[] blob(byte[] blob, Part part, int cluster, long observed) {
    if (blob == null) {
      return null;
    }
    try {
      return RowValues.of(part, blob);
    } catch (IllegalArgumentException e) {
      damage.found(cluster, part, 0, observed, e);
      return null;
    }
  }

  private static long[] counts(ResultSet row, int column, int size) throws SQLException {
    long[] counts = new long[1 + size];
    for (int i = 0; i < size; i++) {
      counts[1 + i] = row.getLong(column + i);
      if (row.wasNull()) {
        return null;
      }
    }
    return counts;
  }

  void delete(int cluster, long fromEpochMillis, long toEpochMillis) throws SQLException {
    if (empty) {
      return;
    }
    bind(delete, cluster, fromEpochMillis, toEpochMillis);
    delete.executeUpdate();
    look();
  }

  private static void bind(PreparedStatement statement, int cluster, long from, long to)
      throws SQLException {
    statement.setInt(1, cluster);
    statement.setLong(2, from);
    statement.setLong(3, to);
  }

  @Override
  public void close() throws SQLException {
    any.close();
    oldest.close();
    read.close();
    delete.close();
  }
}
