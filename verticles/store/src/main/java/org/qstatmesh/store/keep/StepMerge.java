package org.qstatmesh.store.keep;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.qstatmesh.store.chunk.ChunkEncoder;
import org.qstatmesh.store.chunk.ChunkReader;
import org.qstatmesh.store.chunk.Part;

/**
 * Puts the points of one hour into a chunk of steps, in place of those that it has there. Columns
 * of the new chunk are points before the hour, points of the hour, points after it.
 */
final class StepMerge {
  private static final long HOUR_MILLIS = 3_600_000;

  private final Part part;
  private final ChunkReader old;
  private final int oldBefore;
  private final int oldAfterFrom;
  private final ChunkReader hour;
  private final int[] pointOf;
  private final long[] offsets;
  private final int[] samples;
  private final int fresh;
  private final long[][] columns;

  /**
   * Prepares it.
   *
   * @param old the chunk as it is; null when there is none
   * @param hour the hour's samples; null when there are none any more
   * @param hourOffsetMillis where the hour starts in the chunk
   * @param stepSeconds length of a step; divides an hour
   */
  StepMerge(Part part, ChunkReader old, ChunkReader hour, long hourOffsetMillis, int stepSeconds) {
    this.part = part;
    this.old = old;
    this.hour = hour;
    int has = old == null ? 0 : old.points();
    int before = 0;
    while (before < has && old.offsetMillis(before) < hourOffsetMillis) {
      before++;
    }
    int after = before;
    while (after < has && old.offsetMillis(after) < hourOffsetMillis + HOUR_MILLIS) {
      after++;
    }
    oldBefore = before;
    oldAfterFrom = after;
    long stepMillis = stepSeconds * 1_000L;
    pointOf = new int[hour == null ? 0 : hour.points()];
    int steps = 0;
    for (int i = 0; i < pointOf.length; i++) {
      boolean begins =
          i == 0 || hour.offsetMillis(i) / stepMillis != hour.offsetMillis(i - 1) / stepMillis;
      steps += begins ? 1 : 0;
      pointOf[i] = steps - 1;
    }
    fresh = steps;
    int total = oldBefore + fresh + (has - oldAfterFrom);
    offsets = new long[total];
    samples = new int[total];
    columns = new long[4][total];
    putPoints(hourOffsetMillis, stepMillis);
  }

  private void putPoints(long hourOffsetMillis, long stepMillis) {
    for (int i = 0; i < oldBefore; i++) {
      offsets[i] = old.offsetMillis(i);
      samples[i] = old.samples(i);
    }
    for (int i = 0; i < pointOf.length; i++) {
      int at = oldBefore + pointOf[i];
      offsets[at] = hourOffsetMillis + hour.offsetMillis(i) / stepMillis * stepMillis;
      samples[at]++;
    }
    for (int i = oldBefore + fresh; i < offsets.length; i++) {
      offsets[i] = old.offsetMillis(oldAfterFrom + i - oldBefore - fresh);
      samples[i] = old.samples(oldAfterFrom + i - oldBefore - fresh);
    }
  }

  /** The new body; null when no point is left. */
  byte[] toBytes(int effort) {
    if (offsets.length == 0) {
      return null;
    }
    ChunkEncoder encoder = ChunkEncoder.steps(part, offsets, samples);
    for (int m = 0; m < part.measures(); m++) {
      int measure = m;
      Map<Integer, long[][]> folded = new HashMap<>();
      if (hour != null) {
        hour.forEachMean(measure, (key, values, same) -> folded.put(key, fold(values)));
      }
      if (old != null) {
        old.forEachKey(
            measure,
            (key, last, sum, min, max) -> {
              long[][] of = {last, sum, min, max};
              put(encoder, key, measure, of, folded.remove(key));
            });
      }
      folded.forEach((key, values) -> put(encoder, key, measure, null, values));
    }
    return encoder.toBytes(effort);
  }

  /** Last, sum, least and most of each step of the hour. */
  private long[][] fold(long[] values) {
    long[][] steps = new long[4][fresh];
    for (int i = 0; i < pointOf.length; i++) {
      int at = pointOf[i];
      boolean begins = i == 0 || pointOf[i - 1] != at;
      long value = values[i];
      steps[0][at] = value;
      steps[1][at] += value;
      steps[2][at] = begins ? value : Math.min(steps[2][at], value);
      steps[3][at] = begins ? value : Math.max(steps[3][at], value);
    }
    return steps;
  }

  private void put(
      ChunkEncoder encoder, int key, int measure, long[][] oldColumns, long[][] freshColumns) {
    int afterAt = oldBefore + fresh;
    for (int c = 0; c < columns.length; c++) {
      long[] column = columns[c];
      Arrays.fill(column, 0);
      if (oldColumns != null) {
        System.arraycopy(oldColumns[c], 0, column, 0, oldBefore);
        System.arraycopy(oldColumns[c], oldAfterFrom, column, afterAt, column.length - afterAt);
      }
      if (freshColumns != null) {
        System.arraycopy(freshColumns[c], 0, column, oldBefore, fresh);
      }
    }
    encoder.column(key, measure, columns[0], columns[1], columns[2], columns[3]);
  }
}
