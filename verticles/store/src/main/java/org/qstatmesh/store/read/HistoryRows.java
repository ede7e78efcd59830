package org.qstatmesh.store.read;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.function.Consumer;
import org.qstatmesh.store.chunk.Part;
import org.qstatmesh.store.row.RowReader;

/**
 * Adds up what is not in chunks yet: commonly an hour. The database puts the rows of an hour one
 * behind the other, because a row costs vertx-jdbc-client 15 to 25 µs and the database hardly any;
 * a day at a time, because it collects a statement's hours before it hands out the first, and only
 * between rows can the deadline be met.
 */
final class HistoryRows {
  private static final long HOUR_MILLIS = Duration.ofHours(1).toMillis();
  private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();

  private static final String ROWS =
      "SELECT observed_at_epoch_millis / {hour} AS hour, {bodies},"
          + " (SELECT until_epoch_seconds FROM compacted WHERE cluster_number = {cluster})"
          + " FROM live WHERE cluster_number = {cluster}"
          + " AND observed_at_epoch_millis >= {from} AND observed_at_epoch_millis < {to}"
          + " AND observed_at_epoch_millis >= coalesce((SELECT until_epoch_seconds * 1000"
          + " FROM compacted WHERE cluster_number = {cluster}), 0)"
          + " GROUP BY hour";

  private final HistoryPlan plan;
  private final HistoryExtent extent;
  private final StepSums sums;
  private final Reading reading;
  private final Part part;
  private final Damages damages;

  HistoryRows(
      HistoryPlan plan,
      HistoryExtent extent,
      Part part,
      StepSums sums,
      Damages damages,
      Reading reading) {
    this.plan = plan;
    this.extent = extent;
    this.part = part;
    this.sums = sums;
    this.damages = damages;
    this.reading = reading;
  }

  /**
   * Adds all rows of the range that are no late ones.
   *
   * @return from where on they are added: what is older is in the chunks that are read from now on
   */
  Future<Long> add() {
    long firstHour = extent.firstRowMillis() / HOUR_MILLIS * HOUR_MILLIS;
    long from = Math.max(Math.max(plan.fromMillis(), extent.untilMillis()), firstHour);
    long to = Math.min(plan.toMillis() - 1, extent.lastRowMillis()) + 1;
    return addBack(from, to, plan.toMillis());
  }

  /**
   * The newest day first: an hour that is compacted meanwhile is older than what was added, and
   * will be found in its chunk.
   */
  private Future<Long> addBack(long from, long to, long added) {
    if (from >= to) {
      return Future.succeededFuture(added);
    }
    long start = Math.max(from, (to - 1) / DAY_MILLIS * DAY_MILLIS);
    return reading
        .fold(sql(start, to), Tuple.tuple(), new Day())
        .compose(
            day -> {
              if (day.isEmpty) {
                return addBack(from, start, added);
              }
              return day.untilMillis > start
                  ? Future.succeededFuture(day.untilMillis)
                  : addBack(from, start, start);
            });
  }

  private String sql(long from, long to) {
    return ROWS.replace("{hour}", Long.toString(HOUR_MILLIS))
        .replace("{bodies}", reading.dialect().concatenation("body"))
        .replace("{cluster}", Integer.toString(extent.clusterNumber()))
        .replace("{from}", Long.toString(from))
        .replace("{to}", Long.toString(to));
  }

  private final class Day implements Consumer<Row> {
    private boolean isEmpty = true;
    private long untilMillis;

    @Override
    public void accept(Row row) {
      isEmpty = false;
      Long until = row.getLong(2);
      untilMillis = until == null ? 0 : until * 1_000;
      RowReader rows = new RowReader(row.getBuffer(1).getBytes());
      try {
        while (rows.next()) {
          sums.add(plan.steps().indexOf(rows.observedAtEpochMillis()), rows, part);
        }
      } catch (IllegalArgumentException e) {
        long hourSeconds = row.getLong(0) * HOUR_MILLIS / 1_000;
        damages.found(extent.clusterNumber(), part, 0, hourSeconds, e);
      }
    }
  }
}
