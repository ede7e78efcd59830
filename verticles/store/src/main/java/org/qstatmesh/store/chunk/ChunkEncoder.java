package org.qstatmesh.store.chunk;

import java.util.zip.Deflater;

/** Makes a body of columns, as they come: what a column holds is encoded at once. One thread. */
public final class ChunkEncoder {
  /** Least bytes; for what is written once. */
  public static final int THOROUGH = Deflater.DEFAULT_COMPRESSION;

  /** Least time; for what is written anew within the hour. */
  public static final int QUICK = Deflater.BEST_SPEED;

  private final boolean raw;
  private final int[] samples;
  private final int points;
  private final MeasureSinks[] measures;
  private final ByteSink header = new ByteSink();
  private final ByteSink heads = new ByteSink();

  /** Sections of a measure, keys aside: their number stands before them. */
  private static final class MeasureSinks {
    private final ByteSink keys = new ByteSink();
    private final ByteSink mean = new ByteSink();
    private final ByteSink band = new ByteSink();
    private int count;
    private int lastKey;
  }

  private ChunkEncoder(Part part, long[] offsetsMillis, int[] samples, boolean raw) {
    this.raw = raw;
    this.samples = samples;
    this.points = offsetsMillis.length;
    measures = new MeasureSinks[part.measures()];
    header.putVarint(points);
    long before = 0;
    long distance = 0;
    for (long offset : offsetsMillis) {
      if (offset < before) {
        throw new IllegalArgumentException("points are not in the order of time");
      }
      header.putZigzag(offset - before - distance);
      distance = offset - before;
      before = offset;
    }
    if (!raw) {
      int samplesBefore = 0;
      for (int of : samples) {
        header.putZigzag(of - samplesBefore);
        samplesBefore = of;
      }
    }
  }

  /**
   * A body of samples.
   *
   * @param offsetsMillis when each is, from the chunk's start; in order
   */
  public static ChunkEncoder raw(Part part, long[] offsetsMillis) {
    return new ChunkEncoder(part, offsetsMillis, null, true);
  }

  /**
   * A body of steps.
   *
   * @param offsetsMillis start of each, from the chunk's start; in order
   * @param samples how many samples each has
   */
  public static ChunkEncoder steps(Part part, long[] offsetsMillis, int[] samples) {
    return new ChunkEncoder(part, offsetsMillis, samples.clone(), false);
  }

  /** Values of a key, one a point; arrays may be longer. Of raw only. */
  public void column(int key, int measure, long[] values) {
    if (!raw) {
      throw new IllegalStateException("a step has four values");
    }
    if (isZero(values)) {
      return;
    }
    putLast(begin(key, measure), values);
  }

  /** Values of a key, one a point; arrays may be longer. Of steps only. */
  public void column(int key, int measure, long[] last, long[] sum, long[] min, long[] max) {
    if (raw) {
      throw new IllegalStateException("a sample has one value");
    }
    if (isZero(min) && isZero(max)) {
      return;
    }
    MeasureSinks into = begin(key, measure);
    putLast(into, last);
    for (int i = 0; i < points; i++) {
      into.mean.putZigzag(sum[i] - samples[i] * last[i]);
    }
    for (int i = 0; i < points; i++) {
      into.band.putZigzag(last[i] - min[i]);
    }
    for (int i = 0; i < points; i++) {
      into.band.putZigzag(max[i] - last[i]);
    }
  }

  private boolean isZero(long[] values) {
    for (int i = 0; i < points; i++) {
      if (values[i] != 0) {
        return false;
      }
    }
    return true;
  }

  private MeasureSinks begin(int key, int measure) {
    MeasureSinks into = measures[measure];
    if (into == null) {
      into = new MeasureSinks();
      measures[measure] = into;
    }
    into.keys.putZigzag((long) key - into.lastKey);
    into.lastKey = key;
    into.count++;
    return into;
  }

  private void putLast(MeasureSinks into, long[] last) {
    long before = 0;
    for (int i = 0; i < points; i++) {
      into.mean.putZigzag(last[i] - before);
      before = last[i];
    }
  }

  /** Where {@link Heads} go. */
  ByteSink heads() {
    return heads;
  }

  /**
   * The body; the encoder is of no more use.
   *
   * @param effort {@link #THOROUGH} or {@link #QUICK}
   */
  public byte[] toBytes(int effort) {
    Sections.Builder body = new Sections.Builder(raw ? Sections.RAW : Sections.STEPS, effort);
    body.add(Sections.POINTS, header);
    for (int measure = 0; measure < measures.length; measure++) {
      MeasureSinks from = measures[measure];
      if (from != null) {
        ByteSink mean = new ByteSink();
        mean.putVarint(from.count);
        mean.putAll(from.keys);
        mean.putAll(from.mean);
        body.add(1 + 2 * measure, mean);
        body.add(2 + 2 * measure, from.band);
      }
    }
    body.add(Sections.HEADS, heads);
    return body.toBytes();
  }
}
