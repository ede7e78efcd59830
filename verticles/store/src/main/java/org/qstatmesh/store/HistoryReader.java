package org.qstatmesh.store;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.qstatmesh.bus.HistoryAnswer;
import org.qstatmesh.bus.HistoryAnswer.Series;
import org.qstatmesh.bus.HistoryQuery;
import org.qstatmesh.bus.QueryFailure;

/** Answers what one measure of one cluster was over time. */
final class HistoryReader {
  private static final long PART_MILLIS = Duration.ofDays(1).toMillis();
  private static final byte[] NO_USE = {};

  /** Stands for a cluster of which nothing was stored yet; no row has it. */
  private static final int NO_CLUSTER = -1;

  private final ReadPool pool;

  HistoryReader(ReadPool pool) {
    this.pool = pool;
  }

  /**
   * Fails with {@link QueryFailure} 400, 413 or 504. A cluster of which nothing was stored has no
   * data, which is an answer: it may have come a moment ago. Which clusters there are is known to
   * the configuration, not to the history.
   */
  Future<HistoryAnswer> answer(HistoryQuery query) {
    if (query.cluster() == null) {
      throw QueryFailure.badField("cluster", "is missing");
    }
    Steps steps =
        Steps.fitting(query.checked().fromEpochMillis(), query.toEpochMillis(), query.maxPoints());
    return pool.ask(
        reading ->
            clusterNumber(query.cluster(), reading)
                .compose(
                    cluster ->
                        sums(query, cluster, steps, reading)
                            .compose(sums -> answer(query, cluster, steps, sums, reading))));
  }

  private Future<Integer> clusterNumber(String cluster, Reading reading) {
    class Found implements Consumer<Row> {
      private int number = NO_CLUSTER;

      @Override
      public void accept(Row row) {
        number = row.getInteger(0);
      }
    }
    return reading
        .fold(
            "SELECT cluster_number FROM cluster WHERE cluster = ?", Tuple.of(cluster), new Found())
        .map(found -> found.number);
  }

  /**
   * SQLite puts the samples of a step together, because a row costs vertx-jdbc-client 15 to 25 µs
   * and SQLite hardly any; a part of the range at a time, because it collects a statement's steps
   * before it hands out the first, and only between rows can the deadline be met.
   */
  private Future<StepSums> sums(HistoryQuery query, int cluster, Steps steps, Reading reading) {
    StepSums sums = new StepSums(steps, query.measure());
    String use = columnOf(query.dimension());
    String sql =
        "SELECT observed_at_epoch_millis / ? AS step, count(slots_total), sum(slots_free),"
            + " sum(slots_total), count("
            + use
            + "), "
            + reading.dialect().concatenation(use)
            + " FROM sample WHERE cluster_number = ? AND observed_at_epoch_millis >= ?"
            + " AND observed_at_epoch_millis < ? GROUP BY step";
    long firstStep = steps.firstMillis() / steps.stepMillis();
    Consumer<Row> add = row -> add(row, firstStep, sums);
    return forEachPart(
            query.fromEpochMillis(),
            query.toEpochMillis(),
            (from, to) -> reading.fold(sql, Tuple.of(steps.stepMillis(), cluster, from, to), add))
        .map(sums);
  }

  private static void add(Row row, long firstStep, StepSums sums) {
    Buffer use = row.getBuffer(5);
    sums.add(
        (int) (row.getLong(0) - firstStep),
        row.getInteger(1),
        orZero(row.getLong(2)),
        orZero(row.getLong(3)),
        row.getInteger(4),
        use == null ? NO_USE : use.getBytes());
  }

  private static long orZero(Long sum) {
    return sum == null ? 0 : sum;
  }

  private interface Part {
    Future<?> read(long fromMillis, long toMillis);
  }

  /** One part after the other; a day holds whole steps of every length. */
  private static Future<Void> forEachPart(long fromMillis, long toMillis, Part part) {
    if (fromMillis >= toMillis) {
      return Future.succeededFuture();
    }
    long midnight = (fromMillis / PART_MILLIS + 1) * PART_MILLIS;
    long end = Math.min(midnight, toMillis);
    return part.read(fromMillis, end).compose(done -> forEachPart(end, toMillis, part));
  }

  private static String columnOf(HistoryQuery.Dimension dimension) {
    return switch (dimension) {
      case USER -> "user_use";
      case GROUP -> "group_use";
      case ACCOUNT -> "account_use";
      case QUEUE -> "queue_use";
    };
  }

  private Future<HistoryAnswer> answer(
      HistoryQuery query, int cluster, Steps steps, StepSums sums, Reading reading) {
    List<Integer> top = sums.top(query.top());
    return words(cluster, WordKind.of(query.dimension()), top, reading)
        .map(
            words ->
                new HistoryAnswer(
                    steps.stepMillis(),
                    IntStream.range(0, steps.count()).mapToObj(steps::startOf).toList(),
                    top.stream()
                        .map(
                            number ->
                                new Series(words.get(number), sums.series(number), null, null))
                        .toList(),
                    sums.others(top),
                    sums.free(),
                    sums.total(),
                    0L));
  }

  private Future<Map<Integer, String>> words(
      int cluster, WordKind kind, List<Integer> numbers, Reading reading) {
    Map<Integer, String> words = new HashMap<>();
    if (numbers.isEmpty()) {
      return Future.succeededFuture(words);
    }
    Tuple parameters = Tuple.of(cluster, kind.code());
    numbers.forEach(parameters::addInteger);
    Consumer<Row> add = row -> words.put(row.getInteger(0), row.getString(1));
    return reading
        .fold(
            "SELECT number, word FROM word WHERE cluster_number = ? AND kind = ? AND number IN ("
                + String.join(", ", Collections.nCopies(numbers.size(), "?"))
                + ")",
            parameters,
            add)
        .map(words);
  }
}
