package org.qstatmesh.store.export;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.qstatmesh.store.chunk.ChunkWriter;
import org.qstatmesh.store.chunk.Part;

/**
 * Puts rows that are in no chunk yet into chunks, so that all of the history is read in one way.
 */
final class SampleRows {
  private static final Map<Part, String> BLOBS =
      new EnumMap<>(
          Map.of(
              Part.USER, "user_use",
              Part.GROUP, "group_use",
              Part.ACCOUNT, "account_use",
              Part.QUEUE, "queue_use",
              Part.REASON, "waiting"));

  private static final Map<Part, List<String>> COUNTS =
      new EnumMap<>(
          Map.of(
              Part.SLOTS,
              List.of(
                  "slots_total",
                  "slots_used",
                  "slots_free",
                  "slots_unavailable",
                  "slots_largest_free"),
              Part.JOBS,
              List.of(
                  "jobs_running",
                  "jobs_queued",
                  "jobs_held",
                  "jobs_suspended",
                  "jobs_undetermined"),
              Part.NODES,
              List.of(
                  "nodes_total",
                  "nodes_free",
                  "nodes_partial",
                  "nodes_full",
                  "nodes_draining",
                  "nodes_offline",
                  "nodes_down",
                  "nodes_unknown"),
              Part.GPUS,
              List.of("gpus_total", "gpus_used")));

  private final long startMillis;
  private final SampleBlobReader blobs;
  private final Map<Part, ChunkWriter> parts = new EnumMap<>(Part.class);

  /**
   * @param startMillis of the window that the rows are in
   */
  SampleRows(long startMillis, SampleBlobReader blobs) {
    this.startMillis = startMillis;
    this.blobs = blobs;
  }

  /** Takes the row at which {@code row} stands, all its columns; rows come in the order of time. */
  void add(ResultSet row) throws SQLException {
    long offsetMillis = row.getLong("observed_at_epoch_millis") - startMillis;
    for (Map.Entry<Part, String> entry : BLOBS.entrySet()) {
      byte[] blob = row.getBytes(entry.getValue());
      if (blob != null) {
        addBlob(entry.getKey(), offsetMillis, blob);
      }
    }
    for (Map.Entry<Part, List<String>> entry : COUNTS.entrySet()) {
      addCounts(entry.getKey(), offsetMillis, entry.getValue(), row);
    }
  }

  private void addBlob(Part part, long offsetMillis, byte[] blob) {
    ChunkWriter chunk = begin(part, offsetMillis);
    SampleBlobReader.Counts into =
        (word, counts) -> {
          for (int measure = 0; measure < part.measures(); measure++) {
            chunk.put(word, measure, counts[measure]);
          }
        };
    if (part == Part.REASON) {
      blobs.waiting(blob, into);
    } else {
      blobs.use(blob, into);
    }
  }

  private void addCounts(Part part, long offsetMillis, List<String> columns, ResultSet row)
      throws SQLException {
    row.getLong(columns.get(0));
    if (row.wasNull()) {
      return;
    }
    ChunkWriter chunk = begin(part, offsetMillis);
    for (int measure = 0; measure < columns.size(); measure++) {
      chunk.put(0, measure, row.getLong(columns.get(measure)));
    }
  }

  private ChunkWriter begin(Part part, long offsetMillis) {
    ChunkWriter chunk = parts.computeIfAbsent(part, ChunkWriter::raw);
    chunk.point(offsetMillis, 1);
    return chunk;
  }

  /** The bodies of what was taken. */
  Map<Part, byte[]> toBodies() {
    Map<Part, byte[]> bodies = new EnumMap<>(Part.class);
    parts.forEach((part, chunk) -> bodies.put(part, chunk.toBytes()));
    return bodies;
  }
}
