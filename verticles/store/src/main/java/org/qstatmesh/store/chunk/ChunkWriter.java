package org.qstatmesh.store.chunk;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes a body point by point, in the order of time. A key that a point does not name is 0 in it. A
 * key that is put twice counts twice. One thread.
 */
public final class ChunkWriter {
  private static final int LAST = 0;
  private static final int SUM = 1;
  private static final int MIN = 2;
  private static final int MAX = 3;

  private final Part part;
  private final boolean raw;
  private final TreeMap<Integer, long[][]>[] measures;
  private long[] offsetsMillis = new long[64];
  private int[] samples = new int[64];
  private int points;

  // An array of a generic type cannot be made in another way.
  @SuppressWarnings({"unchecked", "rawtypes"})
  private ChunkWriter(Part part, boolean raw) {
    this.part = part;
    this.raw = raw;
    measures = new TreeMap[part.measures()];
    Arrays.setAll(measures, measure -> new TreeMap<>());
  }

  /** A body of samples. */
  public static ChunkWriter raw(Part part) {
    return new ChunkWriter(part, true);
  }

  /** A body of steps. */
  public static ChunkWriter steps(Part part) {
    return new ChunkWriter(part, false);
  }

  /**
   * Begins the next point.
   *
   * @param offsetMillis from the chunk's start; not before the last point's
   * @param ofSamples how many samples are in it; 1 of raw
   */
  public void point(long offsetMillis, int ofSamples) {
    if (points == offsetsMillis.length) {
      offsetsMillis = Arrays.copyOf(offsetsMillis, points * 2);
      samples = Arrays.copyOf(samples, points * 2);
    }
    offsetsMillis[points] = offsetMillis;
    samples[points] = ofSamples;
    points++;
  }

  /** A value of the point; of raw only. */
  public void put(int key, int measure, long value) {
    if (value != 0) {
      columns(key, measure)[LAST][points - 1] += value;
    }
  }

  /** Values of the point; of steps only. */
  public void put(int key, int measure, long last, long sum, long min, long max) {
    long[][] columns = columns(key, measure);
    columns[LAST][points - 1] += last;
    columns[SUM][points - 1] += sum;
    columns[MIN][points - 1] += min;
    columns[MAX][points - 1] += max;
  }

  private long[][] columns(int key, int measure) {
    long[][] columns =
        measures[measure].computeIfAbsent(key, k -> new long[raw ? 1 : 4][offsetsMillis.length]);
    if (columns[LAST].length < points) {
      for (int i = 0; i < columns.length; i++) {
        columns[i] = Arrays.copyOf(columns[i], offsetsMillis.length);
      }
    }
    return columns;
  }

  /** The points so far, with their columns. */
  public ChunkEncoder toEncoder() {
    long[] offsets = Arrays.copyOf(offsetsMillis, points);
    ChunkEncoder encoder =
        raw
            ? ChunkEncoder.raw(part, offsets)
            : ChunkEncoder.steps(part, offsets, Arrays.copyOf(samples, points));
    for (int measure = 0; measure < measures.length; measure++) {
      for (Map.Entry<Integer, long[][]> entry : measures[measure].entrySet()) {
        long[][] columns = entry.getValue();
        for (int i = 0; i < columns.length; i++) {
          columns[i] = Arrays.copyOf(columns[i], points);
        }
        if (raw) {
          encoder.column(entry.getKey(), measure, columns[LAST]);
        } else {
          encoder.column(
              entry.getKey(), measure, columns[LAST], columns[SUM], columns[MIN], columns[MAX]);
        }
      }
    }
    return encoder;
  }

  /** The body. */
  public byte[] toBytes() {
    return toEncoder().toBytes(ChunkEncoder.THOROUGH);
  }
}
