package org.qstatmesh.store.read;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongUnaryOperator;
import org.qstatmesh.store.chunk.ChunkReader;
import org.qstatmesh.store.chunk.Part;
import org.qstatmesh.store.row.RowReader;
import org.qstatmesh.store.row.RowSample;

/**
 * Finds of every cluster the stored sample that is nearest to a moment, else the nearest step. For
 * all clusters at once: a statement costs more than what it finds.
 */
final class NearestSamples {
  /** Of each cluster one; they are ranked by what is in front of their bodies. */
  private static final String ROWS =
      "SELECT l.cluster_number, l.observed_at_epoch_millis, l.snapshot_id, l.body"
          + " FROM (SELECT live_number, row_number() OVER (PARTITION BY cluster_number"
          + " ORDER BY observed_at_epoch_millis %2$s, snapshot_id %2$s) AS place"
          + " FROM live WHERE %1$s) n CROSS JOIN live l"
          + " WHERE n.place = 1 AND l.live_number = n.live_number";

  /**
   * The two newest chunks that start before the moment, because it may come before all points of
   * the first, and the oldest after it.
   */
  private static final String CHUNKS =
      "SELECT k.cluster_number, k.part, k.start_epoch_seconds, k.body"
          + " FROM cluster c CROSS JOIN chunk k WHERE k.cluster_number = c.cluster_number"
          + " AND {series} AND k.start_epoch_seconds >= coalesce("
          + "(SELECT k.start_epoch_seconds FROM chunk k WHERE k.cluster_number = c.cluster_number"
          + " AND {series} AND k.start_epoch_seconds <= {moment}"
          + " ORDER BY k.start_epoch_seconds DESC LIMIT 1 OFFSET 1), 0)"
          + " AND k.start_epoch_seconds <= coalesce("
          + "(SELECT min(k.start_epoch_seconds) FROM chunk k"
          + " WHERE k.cluster_number = c.cluster_number"
          + " AND {series} AND k.start_epoch_seconds > {moment}), %d)".formatted(Long.MAX_VALUE);

  private final long momentMillis;
  private final long untilMillis;
  private final Damages damages;
  private final Map<Integer, Candidate> best = new HashMap<>();
  private final Map<Integer, Candidate> bestRows = new HashMap<>();

  /**
   * Looks for what is nearest.
   *
   * @param untilMillis no sample is newer, or a clock was set wrong
   */
  NearestSamples(long momentMillis, long untilMillis, Damages damages) {
    this.momentMillis = momentMillis;
    this.untilMillis = untilMillis;
    this.damages = damages;
  }

  /**
   * One candidate a cluster at most.
   *
   * @param clusters numbers of all there are
   * @param stored every sample first, then ever longer steps
   */
  Future<List<Candidate>> find(Set<Integer> clusters, List<StoredStep> stored, Reading reading) {
    Consumer<Row> offer = this::offer;
    return reading
        .fold(newestRows(Math.min(momentMillis, untilMillis)), Tuple.tuple(), offer)
        .compose(
            done ->
                momentMillis >= untilMillis
                    ? Future.succeededFuture()
                    : reading.fold(nextRows(), Tuple.tuple(), offer))
        .compose(
            done -> {
              bestRows.putAll(best);
              return findInChunks(clusters, stored, 0, reading);
            })
        .map(done -> new ArrayList<>(best.values()));
  }

  private Future<?> findInChunks(
      Set<Integer> clusters, List<StoredStep> stored, int index, Reading reading) {
    if (index == stored.size()
        || clusters.stream().noneMatch(one -> needs(one, stored.get(index)))) {
      return Future.succeededFuture();
    }
    StoredStep step = stored.get(index);
    List<Part> parts = step.seconds() == 0 ? List.of(Part.HEAD) : List.of(Part.JOBS, Part.SLOTS);
    Consumer<Row> offer = row -> offer(row, step);
    Future<?> read = Future.succeededFuture();
    for (Part part : parts) {
      read = read.compose(done -> reading.fold(sql(part, step), Tuple.tuple(), offer));
    }
    return read.compose(done -> findInChunks(clusters, stored, index + 1, reading));
  }

  /** Whether steps of that length can hold something nearer. */
  private boolean needs(int cluster, StoredStep step) {
    Candidate found = best.get(cluster);
    return found == null || found.distanceMillis(momentMillis) > step.millis();
  }

  static String newestRows(long untilMillis) {
    return ROWS.formatted("observed_at_epoch_millis <= " + untilMillis, "DESC");
  }

  private String nextRows() {
    String range =
        "observed_at_epoch_millis > %d AND observed_at_epoch_millis <= %d"
            .formatted(momentMillis, untilMillis);
    return ROWS.formatted(range, "ASC");
  }

  private String sql(Part part, StoredStep step) {
    String series = "k.part = %d AND k.step_seconds = %d".formatted(part.code(), step.seconds());
    return CHUNKS
        .replace("{series}", series)
        .replace("{moment}", Long.toString(Math.floorDiv(momentMillis, 1_000L)));
  }

  private void offer(Row row) {
    int cluster = row.getInteger(0);
    try {
      RowSample sample = RowReader.sample(row.getString(2), row.getBuffer(3).getBytes());
      offer(Candidate.ofRow(cluster, sample));
    } catch (IllegalArgumentException e) {
      damages.found(cluster, Part.HEAD, 0, row.getLong(1) / 1_000, e);
    }
  }

  private void offer(Row row, StoredStep step) {
    int cluster = row.getInteger(0);
    long startSeconds = row.getLong(2);
    try {
      ChunkReader chunk = ChunkReader.of(row.getBuffer(3).getBytes());
      int point = nearest(chunk, startSeconds * 1_000 + step.millis(), momentMillis, untilMillis);
      if (point >= 0) {
        long at = startSeconds * 1_000 + chunk.offsetMillis(point) + step.millis();
        offer(new Candidate(cluster, at, null, step, startSeconds));
      }
    } catch (IllegalArgumentException e) {
      damages.found(cluster, Part.ofCode(row.getInteger(1)), step.seconds(), startSeconds, e);
    }
  }

  /** The nearest row of a cluster, also when something else is nearer; null for none. */
  RowSample nearestRow(int clusterNumber) {
    Candidate row = bestRows.get(clusterNumber);
    return row == null ? null : row.row();
  }

  private void offer(Candidate candidate) {
    best.merge(
        candidate.clusterNumber(),
        candidate,
        (before, now) -> now.isBetterThan(before, momentMillis) ? now : before);
  }

  /**
   * The point that is nearest to the moment, -1 for none; of equals the earlier, and of the same
   * time the last.
   *
   * @param offsetZeroMillis when a point without offset is true
   */
  static int nearest(
      ChunkReader chunk, long offsetZeroMillis, long momentMillis, long untilMillis) {
    LongUnaryOperator distance = at -> Math.abs(at - momentMillis);
    int nearest = -1;
    for (int i = 0; i < chunk.points(); i++) {
      long at = offsetZeroMillis + chunk.offsetMillis(i);
      long before = nearest < 0 ? 0 : offsetZeroMillis + chunk.offsetMillis(nearest);
      if (at <= untilMillis
          && (nearest < 0
              || distance.applyAsLong(at) < distance.applyAsLong(before)
              || at == before)) {
        nearest = i;
      }
    }
    return nearest;
  }
}
