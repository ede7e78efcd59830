package org.qstatmesh.store.chunk;

/** Reads a body. A measure is inflated and decoded when it is asked for. One thread. */
public final class ChunkReader {
  private final Sections sections;
  private final boolean raw;
  private final long[] offsetsMillis;
  private final int[] samples;

  private ChunkReader(Sections sections) {
    this.sections = sections;
    raw = sections.kind() == Sections.RAW;
    ByteSource in = sections.open(Sections.POINTS);
    int points = in.getCount();
    offsetsMillis = new long[points];
    long before = 0;
    long distance = 0;
    for (int i = 0; i < points; i++) {
      distance += in.getZigzag();
      before += distance;
      offsetsMillis[i] = before;
    }
    samples = raw ? null : new int[points];
    if (!raw) {
      int samplesBefore = 0;
      for (int i = 0; i < points; i++) {
        samplesBefore += (int) in.getZigzag();
        samples[i] = samplesBefore;
      }
    }
  }

  /**
   * Checks all of the body and decodes its points.
   *
   * @throws IllegalArgumentException the body is damaged, or of a newer release
   */
  public static ChunkReader of(byte[] body) {
    return new ChunkReader(new Sections(body));
  }

  /** Whether points are samples; else they are steps. */
  public boolean isRaw() {
    return raw;
  }

  /** How many there are. */
  public int points() {
    return offsetsMillis.length;
  }

  /** When a sample was, or where a step starts, from the chunk's start. */
  public long offsetMillis(int point) {
    return offsetsMillis[point];
  }

  /** How many samples are in a point; 1 of raw. */
  public int samples(int point) {
    return raw ? 1 : samples[point];
  }

  /** Takes a key's values. */
  public interface Column {
    /** Arrays have one value a point, and are valid during the call. Raw: all are the same one. */
    void accept(int key, long[] last, long[] sum, long[] min, long[] max);
  }

  /** Takes a key's values, least and most aside. */
  public interface MeanColumn {
    /** Arrays have one value a point, and are valid during the call. Raw: both are the same one. */
    void accept(int key, long[] last, long[] sum);
  }

  /**
   * All keys that are not 0 throughout, each once.
   *
   * @throws IllegalArgumentException the body is damaged
   */
  public void forEachKey(int measure, Column column) {
    ByteSource band = sections.open(2 + 2 * measure);
    long[] min = new long[points()];
    long[] max = new long[points()];
    forEachMean(
        measure,
        (key, last, sum) -> {
          if (raw) {
            column.accept(key, last, last, last, last);
            return;
          }
          for (int i = 0; i < min.length; i++) {
            min[i] = last[i] - band.getZigzag();
          }
          for (int i = 0; i < max.length; i++) {
            max[i] = last[i] + band.getZigzag();
          }
          column.accept(key, last, sum, min, max);
        });
  }

  /** The same without least and most, for half the work. */
  public void forEachMean(int measure, MeanColumn column) {
    ByteSource in = sections.open(1 + 2 * measure);
    if (!in.hasMore()) {
      return;
    }
    int[] keys = keys(in);
    long[] last = new long[points()];
    long[] sum = raw ? last : new long[points()];
    for (int key : keys) {
      long before = 0;
      for (int i = 0; i < last.length; i++) {
        before += in.getZigzag();
        last[i] = before;
      }
      if (!raw) {
        for (int i = 0; i < sum.length; i++) {
          sum[i] = samples[i] * last[i] + in.getZigzag();
        }
      }
      column.accept(key, last, sum);
    }
  }

  private static int[] keys(ByteSource in) {
    int[] keys = new int[in.getCount()];
    long before = 0;
    for (int i = 0; i < keys.length; i++) {
      before += in.getZigzag();
      keys[i] = (int) before;
    }
    return keys;
  }

  /** Where {@link Heads} are. */
  ByteSource heads() {
    return sections.open(Sections.HEADS);
  }
}
