package org.qstatmesh.store.events;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.qstatmesh.bus.PollFailed;
import org.qstatmesh.store.events.ClusterChangeTable.Change;

/**
 * Which clusters answer: writes a row when that changes, however often it is told. What stands in
 * the table decides, so that a restart is no change. Useless after a transaction that was rolled
 * back. One thread.
 */
public final class ClusterStates implements AutoCloseable {
  private static final Change ALWAYS_UP = new Change(Long.MIN_VALUE, null);

  private final ClusterChangeTable table;

  /** The newest change of each cluster; there are as many as the configuration has. */
  private final Map<Integer, Change> newest = new HashMap<>();

  /** On a connection whose schema is of today. */
  public ClusterStates(Connection connection) throws SQLException {
    table = new ClusterChangeTable(connection);
  }

  /** It is down since the first of the polls that failed, unless it answered after this one. */
  public void failed(int cluster, PollFailed failed) throws SQLException {
    Change before = newest(cluster);
    if (before.isDown() || failed.atEpochMillis() <= before.atEpochMillis()) {
      return;
    }
    long since = Math.max(failed.failure().sinceEpochMillis(), before.atEpochMillis() + 1);
    write(cluster, new Change(since, failed.failure().code().name()));
  }

  /** It is up when it was down, and answered later than that. */
  public void answered(int cluster, long receivedAtEpochMillis) throws SQLException {
    Change before = newest(cluster);
    if (before.isDown() && receivedAtEpochMillis > before.atEpochMillis()) {
      write(cluster, new Change(receivedAtEpochMillis, null));
    }
  }

  private Change newest(int cluster) throws SQLException {
    Change known = newest.get(cluster);
    if (known == null) {
      Change stored = table.newest(cluster);
      known = stored == null ? ALWAYS_UP : stored;
      newest.put(cluster, known);
    }
    return known;
  }

  private void write(int cluster, Change change) throws SQLException {
    table.insert(cluster, change);
    newest.put(cluster, change);
  }

  @Override
  public void close() throws SQLException {
    table.close();
  }
}
