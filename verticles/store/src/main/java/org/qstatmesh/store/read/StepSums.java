package org.qstatmesh.store.read;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.qstatmesh.bus.HistoryAnswer.Series;
import org.qstatmesh.bus.HistoryQuery.Measure;
import org.qstatmesh.bus.QueryFailure;
import org.qstatmesh.store.chunk.ChunkReader;
import org.qstatmesh.store.chunk.Part;
import org.qstatmesh.store.row.RowReader;

/**
 * Adds up samples by step and key. A key that a sample does not name counts 0 in it; a step without
 * samples has no value. Sums are whole numbers: the order of samples makes no difference. One
 * thread at a time.
 */
final class StepSums {
  /** Five times what a year by user of a large site takes at 600 points. */
  private static final int MAX_BYTES = 32 * 1024 * 1024;

  private static final int SLOTS_TOTAL = 0;
  private static final int SLOTS_FREE = 2;

  private final Steps steps;
  private final int measure;
  private final boolean band;
  private final int[] useSamples;
  private final int[] slotsSamples;
  private final long[] slotsFree;
  private final long[] slotsTotal;

  /** By number of the key. */
  private KeySums[] keys = new KeySums[64];

  private long bytes = 8L * keys.length;

  /**
   * Sums of nothing.
   *
   * @param band whether least and most are wanted
   */
  StepSums(Steps steps, Measure measure, boolean band) {
    this.steps = steps;
    this.measure = positionOf(measure);
    this.band = band;
    useSamples = new int[steps.count()];
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
   * Adds the sample at which a reader of rows stands.
   *
   * @param part whose uses are wanted
   */
  void add(int step, RowReader row, Part part) {
    if (row.knows(Part.SLOTS)) {
      long[] slots = row.values(Part.SLOTS);
      slotsSamples[step]++;
      slotsFree[step] += slots.length == 0 ? 0 : slots[1 + SLOTS_FREE];
      slotsTotal[step] += slots.length == 0 ? 0 : slots[1 + SLOTS_TOTAL];
    }
    if (row.knows(part)) {
      useSamples[step]++;
      row.forEachCount(part, measure, (key, count) -> keyOf(key).add(step, count));
    }
  }

  /** Adds a chunk of uses. */
  void addUses(ChunkReader chunk, ChunkPoints points) {
    if (points.isEmpty()) {
      return;
    }
    points.addSamplesTo(useSamples);
    if (band) {
      chunk.forEachKey(
          measure, (key, last, sum, min, max) -> keyOf(key).add(points, sum, min, max));
    } else {
      chunk.forEachMean(measure, (key, last, sum) -> keyOf(key).add(points, sum));
    }
  }

  /** Adds a chunk of slots. */
  void addSlots(ChunkReader chunk, ChunkPoints points) {
    if (points.isEmpty()) {
      return;
    }
    points.addSamplesTo(slotsSamples);
    chunk.forEachMean(SLOTS_FREE, (key, last, sum) -> points.addTo(slotsFree, sum));
    chunk.forEachMean(SLOTS_TOTAL, (key, last, sum) -> points.addTo(slotsTotal, sum));
  }

  private KeySums keyOf(int key) {
    if (key >= keys.length) {
      int length = Math.max(key + 1, keys.length * 2);
      take(8L * (length - keys.length));
      keys = Arrays.copyOf(keys, length);
    }
    if (keys[key] == null) {
      take((long) KeySums.bytesAStep(band) * steps.count());
      keys[key] = new KeySums(steps.count(), band);
    }
    return keys[key];
  }

  private void take(long more) {
    bytes += more;
    if (bytes > MAX_BYTES) {
      throw new QueryFailure(
          QueryFailure.TOO_LARGE, "too many names over too many points: ask for fewer points");
    }
  }

  /**
   * The keys with the largest area, largest first; of equals, who was seen first. A key that stays
   * 0 is none of them, and neither are uses without a name. A step counts the same however many
   * samples it has.
   */
  List<Integer> top(int limit) {
    record Area(int key, double size) {}
    return IntStream.range(1, keys.length)
        .filter(key -> keys[key] != null)
        .mapToObj(key -> new Area(key, keys[key].area(useSamples)))
        .filter(area -> area.size() > 0)
        .sorted(Comparator.comparingDouble(Area::size).reversed().thenComparingInt(Area::key))
        .limit(limit)
        .map(Area::key)
        .toList();
  }

  /** One value a step. */
  Series series(int key, String name) {
    KeySums sums = keys[key];
    return new Series(
        name,
        values(useSamples, step -> sums.mean(step, useSamples[step])),
        band ? values(useSamples, step -> sums.least(step, useSamples[step])) : null,
        band ? values(useSamples, step -> sums.most(step, useSamples[step])) : null);
  }

  /** What all keys but these have. */
  List<Double> others(List<Integer> named) {
    long[] others = new long[steps.count()];
    for (int key = 0; key < keys.length; key++) {
      if (keys[key] != null && !named.contains(key)) {
        keys[key].addTo(others);
      }
    }
    return values(useSamples, step -> (double) others[step] / useSamples[step]);
  }

  List<Double> free() {
    return values(slotsSamples, step -> (double) slotsFree[step] / slotsSamples[step]);
  }

  List<Double> total() {
    return values(slotsSamples, step -> (double) slotsTotal[step] / slotsSamples[step]);
  }

  private static List<Double> values(int[] samples, IntToDoubleFunction value) {
    List<Double> values = new ArrayList<>(samples.length);
    for (int step = 0; step < samples.length; step++) {
      values.add(samples[step] == 0 ? null : (Double) value.applyAsDouble(step));
    }
    return values;
  }
}
