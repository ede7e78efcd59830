package org.qstatmesh.store.read;

import java.util.Arrays;

/** One key of {@link StepSums}, step by step. */
final class KeySums {
  private final long[] sum;

  /** How many samples of a step it was seen in, the least and the most there; null: no band. */
  private final int[] seen;

  private final long[] least;
  private final long[] most;

  KeySums(int steps, boolean band) {
    sum = new long[steps];
    seen = band ? new int[steps] : null;
    least = band ? new long[steps] : null;
    most = band ? new long[steps] : null;
    if (band) {
      Arrays.fill(least, Long.MAX_VALUE);
      Arrays.fill(most, Long.MIN_VALUE);
    }
  }

  static int bytesAStep(boolean band) {
    return band ? 3 * Long.BYTES + Integer.BYTES : Long.BYTES;
  }

  /** Adds one sample. */
  void add(int step, long count) {
    sum[step] += count;
    if (seen != null) {
      seen[step]++;
      least[step] = Math.min(least[step], count);
      most[step] = Math.max(most[step], count);
    }
  }

  /** Adds the samples of points. */
  void add(ChunkPoints points, long[] sums) {
    points.addTo(sum, sums);
  }

  /** The same with their band. */
  void add(ChunkPoints points, long[] sums, long[] min, long[] max) {
    points.addTo(sum, sums);
    points.addSamplesTo(seen);
    points.lower(least, min);
    points.raise(most, max);
  }

  void addTo(long[] others) {
    for (int step = 0; step < sum.length; step++) {
      others[step] += sum[step];
    }
  }

  /** Sum of the means. */
  double area(int[] samples) {
    double area = 0;
    for (int step = 0; step < sum.length; step++) {
      area += sum[step] == 0 ? 0 : (double) sum[step] / samples[step];
    }
    return area;
  }

  /**
   * Mean of a step.
   *
   * @param samples how many the step has; those that did not see the key count 0
   */
  double mean(int step, int samples) {
    return (double) sum[step] / samples;
  }

  /** Least of a step, likewise. */
  double least(int step, int samples) {
    return seen[step] < samples ? Math.min(0, least[step]) : least[step];
  }

  /** Most of a step, likewise. */
  double most(int step, int samples) {
    return seen[step] < samples ? Math.max(0, most[step]) : most[step];
  }
}
