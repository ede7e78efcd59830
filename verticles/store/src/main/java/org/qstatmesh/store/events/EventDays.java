package org.qstatmesh.store.events;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes one row of each day that is old, or older than the others of a cluster of which too much is
 * kept. Events that come late are added to their day. Knows no transactions: who calls it has one.
 * One thread.
 */
public final class EventDays implements AutoCloseable {
  /** Some three million events. */
  static final long MOST_BYTES_A_CLUSTER = 64L * 1024 * 1024;

  private static final int ROWS_AT_ONCE = 200;
  private static final Logger LOG = LoggerFactory.getLogger(EventDays.class);

  private final EventTable events;
  private final PreparedStatement sizes;
  private final PreparedStatement name;
  private final PreparedStatement find;
  private final PreparedStatement delete;
  private final PreparedStatement put;
  private final long mostBytes;
  private final Runnable summarisedEarly;
  private final Deque<Integer> clusters = new ArrayDeque<>();
  private final Set<Integer> tooLarge = new HashSet<>();
  private long firstDay;

  /**
   * On a connection whose schema is of today.
   *
   * @param summarisedEarly called for each day that was not old yet
   */
  public EventDays(Connection connection, Runnable summarisedEarly) throws SQLException {
    this(connection, MOST_BYTES_A_CLUSTER, summarisedEarly);
  }

  /** The same with another bound of what is kept of a cluster. */
  public static EventDays bounded(Connection connection, long mostBytes, Runnable summarisedEarly)
      throws SQLException {
    return new EventDays(connection, mostBytes, summarisedEarly);
  }

  private EventDays(Connection connection, long mostBytes, Runnable summarisedEarly)
      throws SQLException {
    this.mostBytes = mostBytes;
    this.summarisedEarly = summarisedEarly;
    events = new EventTable(connection);
    sizes =
        connection.prepareStatement(
            "SELECT cluster_number, sum(length(body)) FROM event GROUP BY cluster_number");
    name = connection.prepareStatement("SELECT cluster FROM cluster WHERE cluster_number = ?");
    find =
        connection.prepareStatement(
            "SELECT body FROM event_day WHERE cluster_number = ? AND epoch_day = ?");
    delete =
        connection.prepareStatement(
            "DELETE FROM event_day WHERE cluster_number = ? AND epoch_day = ?");
    put =
        connection.prepareStatement(
            "INSERT INTO event_day (cluster_number, epoch_day, body) VALUES (?, ?, ?)");
  }

  /** Looks through everything from now on; days before {@code limitEpochMillis} are old. */
  public void begin(long limitEpochMillis) throws SQLException {
    firstDay = Math.floorDiv(limitEpochMillis, 86_400_000L);
    clusters.clear();
    tooLarge.clear();
    measure();
  }

  private void measure() throws SQLException {
    try (ResultSet row = sizes.executeQuery()) {
      while (row.next()) {
        clusters.add(row.getInt(1));
        if (row.getLong(2) > mostBytes) {
          tooLarge.add(row.getInt(1));
        }
      }
    }
  }

  /** Summarises one day; returns whether there was one. */
  public boolean work() throws SQLException {
    while (!clusters.isEmpty()) {
      int cluster = clusters.element();
      Long oldest = events.oldestDay(cluster);
      if (oldest != null && oldest < firstDay) {
        summarise(cluster, oldest);
        return true;
      }
      if (oldest != null && tooLarge.contains(cluster)) {
        summariseEarly(cluster, oldest);
        return true;
      }
      clusters.remove();
    }
    return false;
  }

  private void summariseEarly(int cluster, long day) throws SQLException {
    summarise(cluster, day);
    summarisedEarly.run();
    LOG.warn(
        "{} has more events than are kept one by one: those of {} are counts and waits now, before"
            + " their time (store.retention.eventDays)",
        nameOf(cluster),
        LocalDate.ofEpochDay(day));
    clusters.clear();
    tooLarge.clear();
    measure();
  }

  private String nameOf(int cluster) throws SQLException {
    name.setInt(1, cluster);
    try (ResultSet row = name.executeQuery()) {
      return row.next() ? row.getString(1) : "cluster number " + cluster;
    }
  }

  private void summarise(int cluster, long day) throws SQLException {
    WaitTable table = new WaitTable();
    byte[] before = find(cluster, day);
    if (before != null) {
      read(() -> DayBody.read(before, table), cluster, day);
    }
    EventTable.Row last = null;
    List<EventTable.Row> rows = events.next(cluster, null, day + 1, ROWS_AT_ONCE);
    while (!rows.isEmpty()) {
      for (EventTable.Row row : rows) {
        read(() -> EventBody.read(row.body(), day, table), cluster, day);
        last = row;
      }
      rows = events.next(cluster, last, day + 1, ROWS_AT_ONCE);
    }
    bind(delete, cluster, day).executeUpdate();
    bind(put, cluster, day).setBytes(3, DayBody.encode(table));
    put.executeUpdate();
    events.deleteDay(cluster, day);
  }

  /** What cannot be read is left out: it would stay for ever. */
  private static void read(Runnable reading, int cluster, long day) {
    try {
      reading.run();
    } catch (IllegalArgumentException damaged) {
      LOG.error("events of cluster number {} on day {} are damaged", cluster, day, damaged);
    }
  }

  private byte[] find(int cluster, long day) throws SQLException {
    try (ResultSet row = bind(find, cluster, day).executeQuery()) {
      return row.next() ? row.getBytes(1) : null;
    }
  }

  private static PreparedStatement bind(PreparedStatement statement, int cluster, long day)
      throws SQLException {
    statement.setInt(1, cluster);
    statement.setLong(2, day);
    return statement;
  }

  @Override
  public void close() throws SQLException {
    for (Statement statement : List.of(sizes, name, find, delete, put)) {
      statement.close();
    }
    events.close();
  }
}
