package org.qstatmesh.store.read;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.function.Consumer;
import org.qstatmesh.bus.ClusterChanges.ClusterChange;
import org.qstatmesh.bus.ClusterChanges.ClusterEvent;
import org.qstatmesh.bus.EventsQuery;
import org.qstatmesh.bus.FailureCode;
import org.qstatmesh.store.events.NewestEvents;

/** When a cluster stopped and began to answer, newest first. One thread at a time. */
final class ClusterOutages {
  private final Deque<ClusterEvent> left = new ArrayDeque<>();

  /** Of the query's window; one more than it wants, by which it is seen that there are more. */
  static Future<ClusterOutages> read(int clusterNumber, EventsQuery query, Reading reading) {
    ClusterOutages outages = new ClusterOutages();
    Consumer<Row> add = row -> outages.left.add(of(row));
    String sql =
        "SELECT at_epoch_millis, failure_code FROM cluster_change WHERE cluster_number = %d"
            + " AND at_epoch_millis >= %d AND at_epoch_millis < %d"
            + " ORDER BY at_epoch_millis DESC LIMIT %d";
    return reading
        .fold(
            sql.formatted(
                clusterNumber, query.fromEpochMillis(), query.toEpochMillis(), query.limit() + 1),
            Tuple.tuple(),
            add)
        .map(outages);
  }

  private static ClusterEvent of(Row row) {
    String code = row.getString(1);
    return new ClusterEvent(
        code == null ? ClusterChange.CLUSTER_UP : ClusterChange.CLUSTER_DOWN,
        row.getLong(0),
        Arrays.stream(FailureCode.values())
            .filter(known -> known.name().equals(code))
            .findAny()
            .orElse(null));
  }

  /** Shows those that are not before a moment, each once: later calls name earlier moments. */
  void showSince(long epochMillis, NewestEvents newest) {
    while (!left.isEmpty() && left.element().atEpochMillis() >= epochMillis) {
      newest.cluster(left.remove());
    }
  }
}
