package org.qstatmesh.store.read;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.qstatmesh.bus.WaitsAnswer;
import org.qstatmesh.bus.WaitsAnswer.Kept;
import org.qstatmesh.bus.WaitsAnswer.Wait;
import org.qstatmesh.bus.WaitsQuery;
import org.qstatmesh.store.events.DayBody;
import org.qstatmesh.store.events.WaitSummary;
import org.qstatmesh.store.events.WaitTable;
import org.qstatmesh.store.read.WordCache.Word;
import org.qstatmesh.store.word.WordKind;

/** Answers how long jobs waited, one cluster after the other. */
final class WaitsReader {
  /** Of a cluster; those in which most tasks started. */
  private static final int MOST_QUEUES = 100;

  private static final long NOON_MILLIS = EventSpan.DAY_MILLIS / 2;

  /** A hundred years are some three hundred rows. */
  private static final String DAYS =
      "SELECT %s FROM event_day WHERE cluster_number = %d AND epoch_day >= %d AND epoch_day < %d"
          + " GROUP BY epoch_day / 128";

  private static final String FIRST_DAY =
      "SELECT min(epoch_day) FROM event_day WHERE cluster_number = %d";

  private final Vertx vertx;
  private final ReadPool pool;
  private final WordCache words;
  private final Damages damages;

  WaitsReader(Vertx vertx, ReadPool pool, WordCache words, Damages damages) {
    this.vertx = vertx;
    this.pool = pool;
    this.words = words;
    this.damages = damages;
  }

  /**
   * Fails with {@link org.qstatmesh.bus.QueryFailure} 400 or 504. Jobs of which no wait is known
   * are not counted. A day that was summarised counts whole, if its noon is in the window.
   */
  Future<WaitsAnswer> answer(WaitsQuery query) {
    WaitsQuery checked = query.checked();
    List<Wait> waits = new ArrayList<>();
    List<Kept> kept = new ArrayList<>();
    return pool.ask(
        reading ->
            EventSpan.read(checked.cluster(), reading)
                .compose(
                    spans ->
                        addNext(spans, 0, checked, reading, waits)
                            .compose(done -> addKept(spans, 0, checked, reading, kept)))
                .map(done -> new WaitsAnswer(waits, kept)));
  }

  private static Future<?> addKept(
      List<EventSpan> spans, int next, WaitsQuery query, Reading reading, List<Kept> kept) {
    if (next == spans.size()) {
      return Future.succeededFuture();
    }
    EventSpan span = spans.get(next);
    Consumer<Row> add =
        row -> {
          Long day = row.getLong(0);
          long oldest = day == null ? span.fromMillis() : day * EventSpan.DAY_MILLIS;
          if (day != null || !span.isEmpty()) {
            kept.add(new Kept(span.cluster(), Math.max(oldest, query.fromEpochMillis())));
          }
        };
    return reading
        .fold(FIRST_DAY.formatted(span.clusterNumber()), Tuple.tuple(), add)
        .compose(done -> addKept(spans, next + 1, query, reading, kept));
  }

  private Future<?> addNext(
      List<EventSpan> spans, int next, WaitsQuery query, Reading reading, List<Wait> waits) {
    if (next == spans.size()) {
      return Future.succeededFuture();
    }
    EventSpan span = spans.get(next);
    WaitTable table = new WaitTable();
    return addDays(span, query, reading, table)
        .compose(
            done ->
                addBack(
                    span.within(query.fromEpochMillis(), query.toEpochMillis()), reading, table))
        .compose(done -> vertx.executeBlocking(() -> WaitSummary.of(table, MOST_QUEUES), false))
        .compose(summaries -> named(span, summaries, reading))
        .compose(
            named -> {
              waits.addAll(named);
              return addNext(spans, next + 1, query, reading, waits);
            });
  }

  private Future<?> addDays(EventSpan span, WaitsQuery query, Reading reading, WaitTable table) {
    long from = firstDay(query.fromEpochMillis());
    long to = firstDay(query.toEpochMillis());
    Consumer<Row> add =
        row -> {
          Buffer bodies = row.getBuffer(0);
          try {
            DayBody.read(bodies.getBytes(), table);
          } catch (IllegalArgumentException damaged) {
            damages.found(span.clusterNumber(), from, damaged);
          }
        };
    return reading.fold(
        DAYS.formatted(reading.dialect().concatenation("body"), span.clusterNumber(), from, to),
        Tuple.tuple(),
        add);
  }

  /** The first day whose noon is not before. */
  private static long firstDay(long epochMillis) {
    return -Math.floorDiv(NOON_MILLIS - epochMillis, EventSpan.DAY_MILLIS);
  }

  private Future<?> addBack(EventSpan span, Reading reading, WaitTable table) {
    if (span.isEmpty()) {
      return Future.succeededFuture();
    }
    long day = span.lastDayMillis();
    return span.readDay(day, span.toMillis(), reading, table, damages)
        .compose(done -> addBack(span.within(span.fromMillis(), day), reading, table));
  }

  private Future<List<Wait>> named(EventSpan span, List<WaitSummary> summaries, Reading reading) {
    List<Word> queues =
        summaries.stream()
            .filter(summary -> summary.queue() != WaitSummary.ALL_QUEUES)
            .map(summary -> queue(span, summary))
            .distinct()
            .toList();
    return words.texts(queues, reading).map(texts -> waits(span, summaries, texts));
  }

  private static List<Wait> waits(
      EventSpan span, List<WaitSummary> summaries, Map<Word, String> texts) {
    return summaries.stream()
        .filter(
            summary ->
                summary.queue() == WaitSummary.ALL_QUEUES
                    || texts.containsKey(queue(span, summary)))
        .map(
            summary ->
                new Wait(
                    span.cluster(),
                    texts.get(queue(span, summary)),
                    summary.size().minSlots(),
                    summary.size().maxSlots(),
                    summary.count(),
                    summary.p50Seconds(),
                    summary.p90Seconds()))
        .sorted(
            Comparator.comparing(Wait::queueName, Comparator.nullsFirst(Comparator.naturalOrder())))
        .toList();
  }

  private static Word queue(EventSpan span, WaitSummary summary) {
    return new Word(span.clusterNumber(), WordKind.QUEUE, summary.queue());
  }
}
