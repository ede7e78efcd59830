package org.qstatmesh.store;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.function.Consumer;
import org.qstatmesh.bus.HistoryQuery.Dimension;

/**
 * Adds up what is not in chunks yet: commonly an hour. The database puts the samples of a step
 * together, because a row costs vertx-jdbc-client 15 to 25 µs and the database hardly any; a day at
 * a time, because it collects a statement's steps before it hands out the first, and only between
 * rows can the deadline be met.
 */
final class HistoryRows {
  private static final long HOUR_MILLIS = Duration.ofHours(1).toMillis();
  private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();
  private static final byte[] NO_USE = {};

  private static final String ROWS =
      "SELECT observed_at_epoch_millis / {step} AS step, count(slots_total), sum(slots_free),"
          + " sum(slots_total), count({use}), {uses},"
          + " (SELECT until_epoch_seconds FROM compacted WHERE cluster_number = {cluster})"
          + " FROM sample WHERE cluster_number = {cluster}"
          + " AND observed_at_epoch_millis >= {from} AND observed_at_epoch_millis < {to}"
          + " AND observed_at_epoch_millis >= coalesce((SELECT until_epoch_seconds * 1000"
          + " FROM compacted WHERE cluster_number = {cluster}), 0)"
          + " GROUP BY step";

  private final HistoryPlan plan;
  private final HistoryExtent extent;
  private final StepSums sums;
  private final Reading reading;
  private final String use;

  HistoryRows(
      HistoryPlan plan, HistoryExtent extent, Dimension dimension, StepSums sums, Reading reading) {
    this.plan = plan;
    this.extent = extent;
    this.sums = sums;
    this.reading = reading;
    use = columnOf(dimension);
  }

  private static String columnOf(Dimension dimension) {
    return switch (dimension) {
      case USER -> "user_use";
      case GROUP -> "group_use";
      case ACCOUNT -> "account_use";
      case QUEUE -> "queue_use";
    };
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
    return ROWS.replace("{step}", Long.toString(plan.steps().stepMillis()))
        .replace("{uses}", reading.dialect().concatenation(use))
        .replace("{use}", use)
        .replace("{cluster}", Integer.toString(extent.clusterNumber()))
        .replace("{from}", Long.toString(from))
        .replace("{to}", Long.toString(to));
  }

  private final class Day implements Consumer<Row> {
    private final long firstStep = plan.steps().firstMillis() / plan.steps().stepMillis();
    private boolean isEmpty = true;
    private long untilMillis;

    @Override
    public void accept(Row row) {
      int step = (int) (row.getLong(0) - firstStep);
      sums.addSlots(step, row.getInteger(1), orZero(row.getLong(2)), orZero(row.getLong(3)));
      Buffer use = row.getBuffer(5);
      sums.addUses(step, row.getInteger(4), use == null ? NO_USE : use.getBytes());
      isEmpty = false;
      untilMillis = orZero(row.getLong(6)) * 1_000;
    }

    private static long orZero(Long value) {
      return value == null ? 0 : value;
    }
  }
}
