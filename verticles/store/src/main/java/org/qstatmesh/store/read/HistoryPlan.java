package org.qstatmesh.store.read;

import java.util.Comparator;
import java.util.List;
import org.qstatmesh.bus.HistoryQuery;

/**
 * What an answer is made from: the longest stored steps that make up its own and that reach back to
 * its beginning, because they are the fewest. Its own are longer than they have to be where only
 * longer ones are still kept.
 *
 * @param steps the answer's
 * @param source the stored ones
 * @param fromMillis start of the range, widened to a whole stored step
 * @param toMillis its end, likewise
 */
record HistoryPlan(Steps steps, StoredStep source, long fromMillis, long toMillis) {

  /**
   * Throws {@link org.qstatmesh.bus.QueryFailure} 400 when the range is absurdly long.
   *
   * @param stored what is kept, shortest first
   * @param extent what there is
   */
  static HistoryPlan of(
      HistoryQuery query, List<StoredStep> stored, HistoryExtent extent, long nowMillis) {
    List<StoredStep> sources = sources(query.fromEpochMillis(), stored, extent, nowMillis);
    Steps steps =
        Steps.fitting(
            query.fromEpochMillis(),
            query.toEpochMillis(),
            query.maxPoints(),
            length -> sources.stream().anyMatch(source -> source.divides(length)));
    StoredStep source =
        sources.stream()
            .filter(one -> one.divides(steps.stepMillis()))
            .max(Comparator.comparingInt(StoredStep::seconds))
            .orElseThrow();
    long whole = Math.max(1, source.millis());
    return new HistoryPlan(
        steps,
        source,
        query.fromEpochMillis() / whole * whole,
        (query.toEpochMillis() - 1) / whole * whole + whole);
  }

  /** Those that have all of the range; else the one that is kept longest. */
  private static List<StoredStep> sources(
      long fromMillis, List<StoredStep> stored, HistoryExtent extent, long nowMillis) {
    if (!extent.hasChunks()) {
      return stored.subList(0, 1);
    }
    List<StoredStep> reaching =
        stored.stream()
            .filter(step -> step.reaches(fromMillis, nowMillis))
            .filter(step -> isWhole(step, stored, extent))
            .toList();
    return reaching.isEmpty()
        ? List.of(stored.stream().max(Comparator.comparing(HistoryPlan::daysKept)).orElseThrow())
        : reaching;
  }

  private static int daysKept(StoredStep step) {
    return step.days() == null ? Integer.MAX_VALUE : step.days();
  }

  /**
   * Whether no longer step knows of older data: true but for some time after a step was added, or
   * is kept for longer than before. A longer step's first chunk may begin a chunk before the range,
   * and a gap that the range begins with says nothing: so it has to be two chunks earlier.
   */
  private static boolean isWhole(StoredStep step, List<StoredStep> stored, HistoryExtent extent) {
    long begins = extent.chunksBeginSeconds(step);
    return stored.stream()
        .filter(longer -> longer.seconds() > step.seconds())
        .noneMatch(
            longer -> extent.chunksBeginSeconds(longer) < begins - 2 * longer.chunkSeconds());
  }
}
