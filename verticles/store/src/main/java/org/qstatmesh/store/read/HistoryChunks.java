package org.qstatmesh.store.read;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.function.Consumer;
import org.qstatmesh.store.chunk.ChunkReader;
import org.qstatmesh.store.chunk.Part;

/** Adds up what is in chunks, one after the other as they are read. */
final class HistoryChunks {
  /** Some megabytes of a large site: a server of databases hands out all of a statement at once. */
  private static final int CHUNKS_A_STATEMENT = 48;

  private static final String CHUNKS =
      "SELECT part, start_epoch_seconds, body FROM chunk WHERE cluster_number = %d"
          + " AND part IN (%d, %d) AND step_seconds = %d"
          + " AND start_epoch_seconds >= %d AND start_epoch_seconds < %d";

  private final HistoryPlan plan;
  private final HistoryExtent extent;
  private final Part part;
  private final StepSums sums;
  private final Damages damages;

  HistoryChunks(HistoryPlan plan, HistoryExtent extent, Part part, StepSums sums, Damages damages) {
    this.plan = plan;
    this.extent = extent;
    this.part = part;
    this.sums = sums;
    this.damages = damages;
  }

  /**
   * Adds all of the range that is older than {@code untilMillis}, which no stored step straddles.
   */
  Future<?> add(long untilMillis, Reading reading) {
    return add(firstStartSeconds(), Math.min(untilMillis, plan.toMillis()), reading);
  }

  /** What is compacted between two statements of a question was a row at the first of them. */
  private long firstStartSeconds() {
    long begins =
        Math.min(
            extent.chunksBeginSeconds(plan.source()), startOfChunkSeconds(extent.firstRowMillis()));
    return Math.max(startOfChunkSeconds(plan.fromMillis()), begins);
  }

  private long startOfChunkSeconds(long millis) {
    return Math.floorDiv(millis, plan.source().chunkMillis()) * plan.source().chunkSeconds();
  }

  private Future<?> add(long startSeconds, long untilMillis, Reading reading) {
    long endSeconds = (untilMillis + 999) / 1_000;
    if (startSeconds >= endSeconds) {
      return Future.succeededFuture();
    }
    long next = startSeconds + CHUNKS_A_STATEMENT * plan.source().chunkSeconds();
    String sql =
        CHUNKS.formatted(
            extent.clusterNumber(),
            part.code(),
            Part.SLOTS.code(),
            plan.source().seconds(),
            startSeconds,
            Math.min(next, endSeconds));
    Consumer<Row> add = row -> add(row, untilMillis);
    return reading.fold(sql, Tuple.tuple(), add).compose(done -> add(next, untilMillis, reading));
  }

  private void add(Row row, long untilMillis) {
    Part what = Part.ofCode(row.getInteger(0));
    long startSeconds = row.getLong(1);
    ChunkReader chunk;
    try {
      chunk = ChunkReader.of(row.getBuffer(2).getBytes());
    } catch (IllegalArgumentException e) {
      damages.found(extent.clusterNumber(), what, plan.source().seconds(), startSeconds, e);
      return;
    }
    ChunkPoints points =
        new ChunkPoints(chunk, startSeconds * 1_000, plan.fromMillis(), untilMillis, plan.steps());
    if (what == Part.SLOTS) {
      sums.addSlots(chunk, points);
    } else {
      sums.addUses(chunk, points);
    }
  }
}
