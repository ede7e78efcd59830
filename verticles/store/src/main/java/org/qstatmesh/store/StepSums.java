package org.qstatmesh.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.qstatmesh.bus.HistoryQuery.Measure;
import org.qstatmesh.bus.QueryFailure;

/**
 * Adds up samples by step and key. A key that a sample does not name counts 0 in it; a step without
 * samples has no value. Sums are whole numbers: the order of samples makes no difference. One
 * thread at a time.
 */
final class StepSums {
  /** 32 MB; ten times what a year by user of a large site takes at 600 points. */
  private static final int MAX_CELLS = 4_000_000;

  private static final int SHORTEST_ROW = 16;

  private final Steps steps;
  private final int count;
  private final int[] counts = new int[SampleBlobs.USE_COUNTS];
  private final int[] useSamples;
  private final long[] useTotal;
  private final int[] slotsSamples;
  private final long[] slotsFree;
  private final long[] slotsTotal;

  /** Sums of the key with that number, step by step; rows end where the key was seen last. */
  private long[][] keys = new long[64][];

  private long cells = keys.length;

  StepSums(Steps steps, Measure measure) {
    this.steps = steps;
    this.count = positionOf(measure);
    useSamples = new int[steps.count()];
    useTotal = new long[steps.count()];
    slotsSamples = new int[steps.count()];
    slotsFree = new long[steps.count()];
    slotsTotal = new long[steps.count()];
  }

  /** Where the measure stands among the counts of a use. */
  private static int positionOf(Measure measure) {
    return switch (measure) {
      case RUNNING_JOBS -> 0;
      case RUNNING_SLOTS -> 1;
      case RUNNING_GPUS -> 2;
      case QUEUED_JOBS -> 3;
      case QUEUED_SLOTS -> 4;
    };
  }

  /**
   * Adds samples of one step.
   *
   * @param slots how many of them know their slots
   * @param free sum over those
   * @param total sum over those
   * @param uses how many of them know their use
   * @param use their uses, one behind the other, see {@link SampleBlobs}
   */
  void add(int step, int slots, long free, long total, int uses, byte[] use) {
    slotsSamples[step] += slots;
    slotsFree[step] += free;
    slotsTotal[step] += total;
    useSamples[step] += uses;
    VarintReader in = new VarintReader(use);
    while (in.hasMore()) {
      int key = in.getInt();
      SampleBlobs.getCounts(in, counts);
      if (counts[count] != 0) {
        useTotal[step] += counts[count];
        rowOf(key, step)[step] += counts[count];
      }
    }
  }

  private long[] rowOf(int key, int step) {
    if (key >= keys.length) {
      int length = Math.max(key + 1, keys.length * 2);
      take(length - keys.length);
      keys = Arrays.copyOf(keys, length);
    }
    long[] row = keys[key];
    int has = row == null ? 0 : row.length;
    if (step >= has) {
      int length = Math.min(steps.count(), Math.max(Math.max(step + 1, has * 2), SHORTEST_ROW));
      take(length - has);
      row = row == null ? new long[length] : Arrays.copyOf(row, length);
      keys[key] = row;
    }
    return row;
  }

  private void take(int more) {
    cells += more;
    if (cells > MAX_CELLS) {
      throw new QueryFailure(
          QueryFailure.TOO_LARGE, "too many names over too many points: ask for fewer points");
    }
  }

  /**
   * The keys with the largest area, largest first; of equals, who was seen first. A key that stays
   * 0 is none of them, and neither are uses without a name.
   */
  List<Integer> top(int limit) {
    record Area(int key, double size) {}
    return IntStream.range(1, keys.length)
        .filter(key -> keys[key] != null)
        .mapToObj(key -> new Area(key, areaOf(keys[key])))
        .filter(area -> area.size() > 0)
        .sorted(Comparator.comparingDouble(Area::size).reversed().thenComparingInt(Area::key))
        .limit(limit)
        .map(Area::key)
        .toList();
  }

  /** A step counts the same however many samples it has. */
  private double areaOf(long[] row) {
    double area = 0;
    for (int step = 0; step < row.length; step++) {
      area += row[step] == 0 ? 0 : (double) row[step] / useSamples[step];
    }
    return area;
  }

  /** One value a step. */
  List<Double> series(int key) {
    return means(useSamples, step -> sum(key, step));
  }

  /** What all keys but these have. */
  List<Double> others(List<Integer> named) {
    return means(
        useSamples, step -> useTotal[step] - named.stream().mapToLong(key -> sum(key, step)).sum());
  }

  private long sum(int key, int step) {
    return step < keys[key].length ? keys[key][step] : 0;
  }

  List<Double> free() {
    return means(slotsSamples, step -> slotsFree[step]);
  }

  List<Double> total() {
    return means(slotsSamples, step -> slotsTotal[step]);
  }

  private interface Sum {
    long of(int step);
  }

  private static List<Double> means(int[] samples, Sum sum) {
    List<Double> means = new ArrayList<>(samples.length);
    for (int step = 0; step < samples.length; step++) {
      means.add(samples[step] == 0 ? null : (Double) ((double) sum.of(step) / samples[step]));
    }
    return means;
  }
}
