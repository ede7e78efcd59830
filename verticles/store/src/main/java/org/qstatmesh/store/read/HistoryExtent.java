package org.qstatmesh.store.read;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.qstatmesh.store.chunk.Part;

/**
 * What is stored of a cluster. Compaction may go on while a question reads: it only ever moves rows
 * into chunks, never back.
 *
 * @param clusterNumber of the cluster; {@link #NO_CLUSTER} when nothing was stored
 * @param untilMillis what is older is in chunks
 * @param firstRowMillis of its rows; {@link Long#MAX_VALUE} when there are none
 * @param lastRowMillis likewise; {@link Long#MIN_VALUE}
 * @param chunksBeginSeconds start of the first chunk that the range touches, by stored step
 */
record HistoryExtent(
    int clusterNumber,
    long untilMillis,
    long firstRowMillis,
    long lastRowMillis,
    Map<StoredStep, Long> chunksBeginSeconds) {

  /** Stands for a cluster of which nothing was stored yet; no row has it. */
  private static final int NO_CLUSTER = -1;

  private static final String FIRST_CHUNK =
      ", (SELECT min(start_epoch_seconds) FROM chunk WHERE cluster_number = c.cluster_number"
          + " AND part = %d AND step_seconds = %d AND start_epoch_seconds > %d)";

  private static final int CHUNKS_COLUMN = 4;

  private static final String EXTENT =
      "WITH c AS (SELECT cluster_number FROM cluster WHERE cluster = ?)"
          + " SELECT c.cluster_number,"
          + " (SELECT until_epoch_seconds FROM compacted WHERE cluster_number = c.cluster_number),"
          + " r.oldest, r.newest%s"
          + " FROM c CROSS JOIN (SELECT min(observed_at_epoch_millis) AS oldest,"
          + " max(observed_at_epoch_millis) AS newest FROM live"
          + " WHERE cluster_number = (SELECT cluster_number FROM c)) r";

  /**
   * Live rows are read once; all else is looked up in an index: as fast for a year as for a day.
   */
  static Future<HistoryExtent> read(
      String cluster, Part part, long fromMillis, List<StoredStep> stored, Reading reading) {
    StringBuilder begins = new StringBuilder();
    for (StoredStep step : stored) {
      for (Part one : List.of(part, Part.SLOTS)) {
        long after = fromMillis / 1_000 - step.chunkSeconds();
        begins.append(FIRST_CHUNK.formatted(one.code(), step.seconds(), after));
      }
    }
    return reading
        .fold(EXTENT.formatted(begins), Tuple.of(cluster), new Found(stored))
        .map(found -> found.extent);
  }

  /** Where the first chunk of a step starts; {@link Long#MAX_VALUE} when there is none. */
  long chunksBeginSeconds(StoredStep step) {
    return chunksBeginSeconds.getOrDefault(step, Long.MAX_VALUE);
  }

  /** Whether any of the range was compacted. */
  boolean hasChunks() {
    return chunksBeginSeconds.values().stream().anyMatch(begins -> begins < Long.MAX_VALUE);
  }

  private static final class Found implements Consumer<Row> {
    private final List<StoredStep> stored;
    private HistoryExtent extent =
        new HistoryExtent(NO_CLUSTER, 0, Long.MAX_VALUE, Long.MIN_VALUE, Map.of());

    Found(List<StoredStep> stored) {
      this.stored = stored;
    }

    @Override
    public void accept(Row row) {
      Map<StoredStep, Long> begin = new HashMap<>();
      int column = CHUNKS_COLUMN;
      for (StoredStep step : stored) {
        long ofPart = valueOr(row.getLong(column++), Long.MAX_VALUE);
        begin.put(step, Math.min(ofPart, valueOr(row.getLong(column++), Long.MAX_VALUE)));
      }
      extent =
          new HistoryExtent(
              row.getInteger(0),
              valueOr(row.getLong(1), 0) * 1_000,
              valueOr(row.getLong(2), Long.MAX_VALUE),
              valueOr(row.getLong(3), Long.MIN_VALUE),
              begin);
    }

    private static long valueOr(Long value, long other) {
      return value == null ? other : value;
    }
  }
}
