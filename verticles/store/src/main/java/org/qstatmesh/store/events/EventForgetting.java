package org.qstatmesh.store.events;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.qstatmesh.bus.ClusterChanges.NodeEvent;

/**
 * Takes a person away from events: the jobs stay, because waits are counted from them, and are
 * nobody's. Knows no transactions: who calls it has one. One thread.
 */
public final class EventForgetting implements AutoCloseable {
  private static final int ROWS_AT_ONCE = 200;

  private final EventTable events;

  /** On a connection whose schema is of today. */
  public EventForgetting(Connection connection) throws SQLException {
    events = new EventTable(connection);
  }

  /** What is done with one person on one cluster; {@code owner} is the number of the login. */
  public Work work(int cluster, int owner) {
    return new Work(cluster, owner);
  }

  /** A little at a time. */
  public final class Work {
    private final int cluster;
    private final int owner;
    private EventTable.Row last;
    private long changed;

    private Work(int cluster, int owner) {
      this.cluster = cluster;
      this.owner = owner;
    }

    /** How many events lost their owner so far. */
    public long events() {
      return changed;
    }

    /** Does a little; returns whether all is done. */
    public boolean step() throws SQLException {
      List<EventTable.Row> rows = events.next(cluster, last, Long.MAX_VALUE, ROWS_AT_ONCE);
      for (EventTable.Row row : rows) {
        Without without = new Without(owner);
        if (!isReadable(row, without)) {
          // a damaged body may name anybody
          events.update(
              cluster, row, EventBody.encode(row.observedAtEpochMillis(), List.of(), List.of(), 0));
        } else if (without.changed > 0) {
          events.update(cluster, row, without.encode(row));
          changed += without.changed;
        }
        last = row;
      }
      return rows.isEmpty();
    }

    private static boolean isReadable(EventTable.Row row, Without without) {
      try {
        EventBody.read(row.body(), row.epochDay(), without);
        return true;
      } catch (IllegalArgumentException damaged) {
        return false;
      }
    }
  }

  private static final class Without implements EventBody.Visitor {
    private final int owner;
    private final List<StoredJob> jobs = new ArrayList<>();
    private final List<NodeEvent> nodes = new ArrayList<>();
    private long omitted;
    private long changed;

    Without(int owner) {
      this.owner = owner;
    }

    @Override
    public void job(StoredJob job) {
      boolean theirs = job.owner() == owner;
      changed += theirs ? 1 : 0;
      jobs.add(theirs ? job.ofNobody() : job);
    }

    @Override
    public void node(NodeEvent node) {
      nodes.add(node);
    }

    @Override
    public void omitted(long changes) {
      omitted += changes;
    }

    byte[] encode(EventTable.Row row) {
      return EventBody.encode(row.observedAtEpochMillis(), jobs, nodes, omitted);
    }
  }

  @Override
  public void close() throws SQLException {
    events.close();
  }
}
