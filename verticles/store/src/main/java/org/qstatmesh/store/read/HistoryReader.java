package org.qstatmesh.store.read;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.qstatmesh.bus.HistoryAnswer;
import org.qstatmesh.bus.HistoryQuery;
import org.qstatmesh.bus.QueryFailure;
import org.qstatmesh.store.chunk.Part;
import org.qstatmesh.store.keep.Retention;
import org.qstatmesh.store.read.WordCache.Word;
import org.qstatmesh.store.word.WordKind;

/** Answers what one measure of one cluster was over time. */
final class HistoryReader {
  private final Vertx vertx;
  private final ReadPool pool;
  private final WordCache words;
  private final Damages damages;
  private final List<StoredStep> stored;
  private final Clock clock;

  HistoryReader(
      Vertx vertx,
      ReadPool pool,
      WordCache words,
      Damages damages,
      Retention retention,
      Clock clock) {
    this.vertx = vertx;
    this.pool = pool;
    this.words = words;
    this.damages = damages;
    this.stored = StoredStep.of(retention);
    this.clock = clock;
  }

  /**
   * Fails with {@link QueryFailure} 400, 413 or 504. A cluster of which nothing was stored has no
   * data, which is an answer: it may have come a moment ago. Which clusters there are is known to
   * the configuration, not to the history.
   *
   * <p>Where the answer is made from stored steps, those that hold the range's ends count whole.
   */
  Future<HistoryAnswer> answer(HistoryQuery query) {
    if (query.cluster() == null) {
      throw QueryFailure.badField("cluster", "is missing");
    }
    Part part = Part.of(query.checked().dimension());
    return pool.ask(
        reading ->
            HistoryExtent.read(query.cluster(), part, query.fromEpochMillis(), stored, reading)
                .compose(extent -> answer(query, part, extent, reading)));
  }

  private Future<HistoryAnswer> answer(
      HistoryQuery query, Part part, HistoryExtent extent, Reading reading) {
    HistoryPlan plan = HistoryPlan.of(query, stored, extent, clock.millis());
    StepSums sums = new StepSums(plan.steps(), query.measure(), query.band());
    HistoryRows rows = new HistoryRows(plan, extent, part, sums, damages, reading);
    HistoryChunks chunks = new HistoryChunks(plan, extent, part, sums, damages);
    return rows.add()
        .compose(untilMillis -> chunks.add(untilMillis, reading))
        .compose(done -> vertx.executeBlocking(() -> sums.top(query.top()), false))
        .compose(top -> named(query, extent, plan, sums, top, reading));
  }

  /** Put together off the event loop: a large site's year takes milliseconds. */
  private Future<HistoryAnswer> named(
      HistoryQuery query,
      HistoryExtent extent,
      HistoryPlan plan,
      StepSums sums,
      List<Integer> top,
      Reading reading) {
    WordKind kind = WordKind.of(query.dimension());
    List<Word> wanted =
        top.stream().map(number -> new Word(extent.clusterNumber(), kind, number)).toList();
    return words
        .texts(wanted, reading)
        .compose(
            texts -> vertx.executeBlocking(() -> answer(plan, sums, top, wanted, texts), false));
  }

  private static HistoryAnswer answer(
      HistoryPlan plan,
      StepSums sums,
      List<Integer> top,
      List<Word> wanted,
      Map<Word, String> texts) {
    return new HistoryAnswer(
        plan.steps().stepMillis(),
        IntStream.range(0, plan.steps().count()).mapToObj(plan.steps()::startOf).toList(),
        IntStream.range(0, top.size())
            .mapToObj(i -> sums.series(top.get(i), texts.get(wanted.get(i))))
            .toList(),
        sums.others(top),
        sums.free(),
        sums.total(),
        plan.source().millis());
  }
}
