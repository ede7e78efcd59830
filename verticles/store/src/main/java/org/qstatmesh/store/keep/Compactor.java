package org.qstatmesh.store.keep;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.qstatmesh.store.chunk.ChunkEncoder;
import org.qstatmesh.store.chunk.ChunkReader;
import org.qstatmesh.store.chunk.ChunkSpan;
import org.qstatmesh.store.chunk.Part;
import org.qstatmesh.store.keep.Retention.Step;
import org.qstatmesh.store.row.RowSample;
import org.qstatmesh.store.row.RowWriter;

/**
 * Puts the rows of an hour into its chunks, and its points into the chunks of longer steps. Knows
 * no transactions: who calls it has one. One thread.
 */
final class Compactor implements AutoCloseable {
  private static final long HOUR_MILLIS = ChunkSpan.millis(0);
  private static final long DAY_MILLIS = 24 * HOUR_MILLIS;

  private final Limits limits;
  private final Damage damage;
  private final ChunkTable chunks;
  private final LiveRows rows;
  private final OldRows old;
  private final Compacted compacted;
  private final PreparedStatement seen;

  Compactor(
      Connection connection,
      Limits limits,
      Damage damage,
      ChunkTable chunks,
      Compacted compacted,
      LiveRows rows,
      OldRows old)
      throws SQLException {
    this.limits = limits;
    this.damage = damage;
    this.chunks = chunks;
    this.compacted = compacted;
    this.rows = rows;
    this.old = old;
    seen =
        connection.prepareStatement(
            "UPDATE word SET last_seen_epoch_day = ? WHERE cluster_number = ? AND kind = "
                + Part.USER.code()
                + " AND number = ? AND last_seen_epoch_day < ?");
  }

  /**
   * Makes what an earlier release wrote of hours that are not over rows: questions look there only.
   */
  void takeOver() throws SQLException {
    for (int cluster : compacted.clusters()) {
      Long hour = old.oldestHour(cluster, limits.openHour());
      while (hour != null) {
        takeOver(cluster, hour);
        hour = old.oldestHour(cluster, hour + HOUR_MILLIS);
      }
    }
  }

  private void takeOver(int cluster, long hourMillis) throws SQLException {
    RowWriter writer = new RowWriter();
    List<LiveRows.Row> found = new ArrayList<>();
    for (RowSample sample : old.read(cluster, hourMillis, hourMillis + HOUR_MILLIS)) {
      found.add(
          new LiveRows.Row(
              cluster,
              sample.observedAtEpochMillis(),
              sample.head().snapshotId(),
              writer.write(sample)));
    }
    for (int at = 0; at < found.size(); at += LiveRows.MOST_AT_ONCE) {
      rows.insert(found.subList(at, Math.min(found.size(), at + LiveRows.MOST_AT_ONCE)));
    }
    old.delete(cluster, hourMillis, hourMillis + HOUR_MILLIS);
  }

  /** The hour from a time on in which the oldest row of a cluster is; null when none is. */
  Long oldestHour(int cluster, long fromMillis) throws SQLException {
    Long ofLive = rows.oldestHour(cluster, fromMillis);
    Long ofOld = old.oldestHour(cluster, fromMillis);
    return ofLive == null || (ofOld != null && ofOld < ofLive) ? ofOld : ofLive;
  }

  /**
   * Puts together what the hour's rows and its chunks hold.
   *
   * @param without snapshots to leave out of what the chunks hold
   */
  void compact(int cluster, long hourMillis, Set<String> without) throws SQLException {
    List<HourSample> samples = merged(cluster, hourMillis, without);
    Map<Part, byte[]> bodies = HourChunks.encode(samples);
    if (hourMillis + HOUR_MILLIS > limits.samples()) {
      for (Part part : Part.values()) {
        chunks.put(cluster, part, 0, hourMillis, bodies.get(part));
      }
    }
    for (Step step : limits.steps()) {
      replaceSteps(cluster, hourMillis, step, bodies);
    }
    noteUsers(cluster, hourMillis, samples);
    rows.delete(cluster, hourMillis, hourMillis + HOUR_MILLIS);
    old.delete(cluster, hourMillis, hourMillis + HOUR_MILLIS);
    compacted.advance(cluster, hourMillis + HOUR_MILLIS);
  }

  private List<HourSample> merged(int cluster, long hourMillis, Set<String> without)
      throws SQLException {
    Map<String, HourSample> bySnapshot = new HashMap<>();
    for (HourSample sample : stored(cluster, hourMillis)) {
      if (!without.contains(sample.head().snapshotId())) {
        bySnapshot.put(sample.head().snapshotId(), sample);
      }
    }
    List<RowSample> inRows =
        new ArrayList<>(old.read(cluster, hourMillis, hourMillis + HOUR_MILLIS));
    inRows.addAll(rows.read(cluster, hourMillis, hourMillis + HOUR_MILLIS));
    for (RowSample row : inRows) {
      bySnapshot.merge(
          row.head().snapshotId(), HourSample.of(row, hourMillis), HourSample::standing);
    }
    List<HourSample> samples = new ArrayList<>(bySnapshot.values());
    samples.sort(HourSample::byTime);
    return samples;
  }

  /** What the hour's chunks hold. */
  private List<HourSample> stored(int cluster, long hourMillis) throws SQLException {
    Map<Part, ChunkReader> readers = new EnumMap<>(Part.class);
    byte[] heads = chunks.find(cluster, Part.HEAD, 0, hourMillis);
    if (heads == null) {
      return List.of();
    }
    for (Part part : Part.values()) {
      byte[] body = part == Part.HEAD ? heads : chunks.find(cluster, part, 0, hourMillis);
      ChunkReader reader = damage.open(body, cluster, part, 0, hourMillis);
      if (reader != null) {
        readers.put(part, reader);
      }
    }
    return HourChunks.decode(readers);
  }

  private void replaceSteps(int cluster, long hourMillis, Step step, Map<Part, byte[]> bodies)
      throws SQLException {
    int seconds = step.seconds();
    long start = ChunkSpan.startMillis(seconds, hourMillis);
    long end = start + ChunkSpan.millis(seconds);
    for (Part part : Part.values()) {
      boolean tooOld = end <= limits.steps(step) || (part == Part.USER && end <= limits.persons());
      if (part == Part.HEAD || tooOld) {
        continue;
      }
      byte[] body = bodies.get(part);
      byte[] old = chunks.find(cluster, part, seconds, start);
      if (body == null && old == null) {
        continue;
      }
      StepMerge merge =
          new StepMerge(
              part,
              damage.open(old, cluster, part, seconds, start),
              body == null ? null : ChunkReader.of(body),
              hourMillis - start,
              seconds);
      boolean last = hourMillis + HOUR_MILLIS == end || compacted.untilMillis(cluster) >= end;
      chunks.put(
          cluster,
          part,
          seconds,
          start,
          merge.toBytes(last ? ChunkEncoder.THOROUGH : ChunkEncoder.QUICK));
    }
  }

  /** On which day a user was named last, so that a name that nothing names can go. */
  private void noteUsers(int cluster, long hourMillis, List<HourSample> samples)
      throws SQLException {
    Set<Integer> users = new TreeSet<>(Comparator.naturalOrder());
    int width = 1 + Part.USER.measures();
    for (HourSample sample : samples) {
      long[] values = sample.values().get(Part.USER);
      for (int at = 0; values != null && at < values.length; at += width) {
        users.add((int) values[at]);
      }
    }
    long day = Math.floorDiv(hourMillis, DAY_MILLIS);
    for (int user : users) {
      seen.setLong(1, day);
      seen.setInt(2, cluster);
      seen.setInt(3, user);
      seen.setLong(4, day);
      seen.addBatch();
    }
    seen.executeBatch();
  }

  @Override
  public void close() throws SQLException {
    seen.close();
  }
}
