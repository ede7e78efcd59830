package org.qstatmesh.store.keep;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.qstatmesh.store.chunk.ChunkSpan;
import org.qstatmesh.store.chunk.Part;
import org.qstatmesh.store.events.ClusterChangeTable;
import org.qstatmesh.store.events.EventDays;
import org.qstatmesh.store.keep.Retention.Step;
import org.qstatmesh.store.row.RowSample;

/**
 * Deletes what is kept no longer, a little at a time. Knows no transactions: who calls it has one.
 * One thread.
 */
final class RetentionWork implements AutoCloseable {
  /** Some 5 MB of large chunks. */
  private static final int CHUNKS_AT_ONCE = 64;

  private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();

  private final ChunkTable chunks;
  private final Compacted compacted;
  private final Limits limits;
  private final Runnable namesDeleted;
  private final LiveRows rows;
  private final OldRows old;
  private final PreparedStatement unseen;
  private final PreparedStatement deleteWord;
  private final EventDays eventDays;
  private final ClusterChangeTable clusterChanges;
  private final Deque<Task> tasks = new ArrayDeque<>();

  private interface Task {
    /** Returns whether it did something, and has to be asked again. */
    boolean work() throws SQLException;
  }

  RetentionWork(
      Connection connection,
      ChunkTable chunks,
      Compacted compacted,
      Limits limits,
      LiveRows rows,
      OldRows old,
      Runnable namesDeleted,
      Runnable eventsSummarisedEarly)
      throws SQLException {
    eventDays = new EventDays(connection, eventsSummarisedEarly);
    clusterChanges = new ClusterChangeTable(connection);
    this.namesDeleted = namesDeleted;
    this.chunks = chunks;
    this.compacted = compacted;
    this.limits = limits;
    this.rows = rows;
    this.old = old;
    unseen =
        connection.prepareStatement(
            "SELECT number FROM word WHERE cluster_number = ? AND kind = "
                + Part.USER.code()
                + " AND last_seen_epoch_day < ?");
    deleteWord =
        connection.prepareStatement(
            "DELETE FROM word WHERE cluster_number = ? AND kind = "
                + Part.USER.code()
                + " AND number = ?");
  }

  /** Looks through everything from now on. */
  void begin() throws SQLException {
    tasks.clear();
    eventDays.begin(limits.events());
    tasks.add(eventDays::work);
    long events = limits.events();
    tasks.add(
        () -> {
          clusterChanges.deleteOld(events);
          return false;
        });
    for (int cluster : compacted.clusters()) {
      for (Part part : Part.values()) {
        addChunks(cluster, part);
      }
      tasks.add(() -> deleteUsers(cluster));
    }
  }

  private void addChunks(int cluster, Part part) {
    long persons = part == Part.USER ? limits.persons() : Long.MIN_VALUE;
    tasks.add(() -> deleteChunks(cluster, part, 0, Math.max(limits.samples(), persons)));
    // Of a step that is kept no longer only what tells of persons goes.
    for (int step : Step.LENGTHS) {
      long limit = Math.max(limits.steps(step), persons);
      if (limit != Long.MIN_VALUE && part != Part.HEAD) {
        tasks.add(() -> deleteChunks(cluster, part, step, limit));
      }
    }
  }

  /** Whether all was looked through. */
  boolean isDone() {
    return tasks.isEmpty();
  }

  /** Works until something was deleted; returns whether something was. */
  boolean work() throws SQLException {
    while (!tasks.isEmpty()) {
      if (tasks.element().work()) {
        return true;
      }
      tasks.remove();
    }
    return false;
  }

  /** Those whose end is not after the limit. */
  private boolean deleteChunks(int cluster, Part part, int stepSeconds, long limitMillis)
      throws SQLException {
    Long oldest = chunks.oldest(cluster, part, stepSeconds);
    long span = ChunkSpan.millis(stepSeconds);
    long last = ChunkSpan.startMillis(stepSeconds, limitMillis);
    if (oldest == null || oldest >= last) {
      return false;
    }
    return chunks.deleteUntil(
            cluster, part, stepSeconds, Math.min(last, oldest + CHUNKS_AT_ONCE * span))
        > 0;
  }

  /** Names of users that no chunk names any more, and no row either. */
  private boolean deleteUsers(int cluster) throws SQLException {
    long longest = ChunkSpan.millis(0);
    for (int step : Step.LENGTHS) {
      longest = Math.max(longest, ChunkSpan.millis(step));
    }
    Set<Integer> users = unseenBefore(cluster, limits.persons() - longest - DAY_MILLIS);
    if (users.isEmpty()) {
      return false;
    }
    if (!removeThoseInRows(cluster, users)) {
      return false;
    }
    for (int user : users) {
      deleteWord.setInt(1, cluster);
      deleteWord.setInt(2, user);
      deleteWord.addBatch();
    }
    deleteWord.executeBatch();
    namesDeleted.run();
    return !users.isEmpty();
  }

  private Set<Integer> unseenBefore(int cluster, long limitMillis) throws SQLException {
    unseen.setInt(1, cluster);
    unseen.setLong(2, Math.floorDiv(limitMillis, DAY_MILLIS));
    Set<Integer> users = new HashSet<>();
    try (ResultSet row = unseen.executeQuery()) {
      while (row.next()) {
        users.add(row.getInt(1));
      }
    }
    return users;
  }

  /** Returns false when too many rows wait to be put together: the next hour will do. */
  private boolean removeThoseInRows(int cluster, Set<Integer> users) throws SQLException {
    if (old.oldestHour(cluster, Long.MIN_VALUE) != null) {
      return false;
    }
    Long oldest = rows.oldestHour(cluster, Long.MIN_VALUE);
    if (oldest == null) {
      return true;
    }
    long soon = oldest + 4 * ChunkSpan.millis(0);
    if (limits.isOver(oldest) || rows.oldestHour(cluster, soon) != null) {
      return false;
    }
    List<RowSample> samples = rows.read(cluster, oldest, soon);
    int width = 1 + Part.USER.measures();
    for (RowSample sample : samples) {
      long[] values = sample.values().getOrDefault(Part.USER, new long[0]);
      for (int at = 0; at < values.length; at += width) {
        users.remove((int) values[at]);
      }
    }
    return true;
  }

  @Override
  public void close() throws SQLException {
    eventDays.close();
    clusterChanges.close();
    unseen.close();
    deleteWord.close();
  }
}
