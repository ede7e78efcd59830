package org.qstatmesh.store.keep;

import org.qstatmesh.store.chunk.ByteSink;
import org.qstatmesh.store.chunk.ChunkEncoder;
import org.qstatmesh.store.chunk.ChunkReader;
import org.qstatmesh.store.chunk.Part;

/** Gives a user's numbers to those without a name. */
final class PersonRemoval {
  private static final int NOBODY = 0;

  private PersonRemoval() {}

  /** A row's use without the user; null when it does not name them. */
  static byte[] ofRow(byte[] use, int user) {
    long[] values = RowValues.of(Part.USER, use);
    int width = 1 + Part.USER.measures();
    ByteSink out = new ByteSink();
    boolean named = false;
    for (int at = 0; at < values.length; at += width) {
      named |= values[at] == user;
      out.putVarint(values[at] == user ? NOBODY : values[at]);
      int mask = 0;
      for (int measure = 0; measure < Part.USER.measures(); measure++) {
        mask |= values[at + 1 + measure] == 0 ? 0 : 1 << measure;
      }
      out.putVarint(mask);
      for (int measure = 0; measure < Part.USER.measures(); measure++) {
        if (values[at + 1 + measure] != 0) {
          out.putVarint(values[at + 1 + measure]);
        }
      }
    }
    return named ? out.toBytes() : null;
  }

  /**
   * A chunk without the user; null when it does not name them. Of steps nobody's least is at most,
   * and nobody's most at least what it was: when the two were added up is not known any more.
   */
  static byte[] ofChunk(ChunkReader chunk, int user) {
    long[] offsets = new long[chunk.points()];
    int[] samples = new int[chunk.points()];
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = chunk.offsetMillis(i);
      samples[i] = chunk.samples(i);
    }
    ChunkEncoder encoder =
        chunk.isRaw()
            ? ChunkEncoder.raw(Part.USER, offsets)
            : ChunkEncoder.steps(Part.USER, offsets, samples);
    boolean[] named = {false};
    for (int m = 0; m < Part.USER.measures(); m++) {
      int measure = m;
      long[][] nobody = new long[4][offsets.length];
      chunk.forEachKey(
          measure,
          (key, last, sum, min, max) -> {
            named[0] |= key == user;
            if (key == user || key == NOBODY) {
              add(nobody[0], last);
              add(nobody[1], sum);
              add(nobody[2], min);
              add(nobody[3], max);
            } else {
              put(encoder, chunk.isRaw(), key, measure, last, sum, min, max);
            }
          });
      put(encoder, chunk.isRaw(), NOBODY, measure, nobody[0], nobody[1], nobody[2], nobody[3]);
    }
    return named[0] ? encoder.toBytes(ChunkEncoder.THOROUGH) : null;
  }

  private static void add(long[] into, long[] values) {
    for (int i = 0; i < into.length; i++) {
      into[i] += values[i];
    }
  }

  private static void put(
      ChunkEncoder encoder,
      boolean raw,
      int key,
      int measure,
      long[] last,
      long[] sum,
      long[] min,
      long[] max) {
    if (raw) {
      encoder.column(key, measure, last);
    } else {
      encoder.column(key, measure, last, sum, min, max);
    }
  }
}
