package org.qstatmesh.store.keep;

import org.qstatmesh.store.chunk.ChunkEncoder;
import org.qstatmesh.store.chunk.ChunkReader;
import org.qstatmesh.store.chunk.Part;

/** Gives a user's numbers to those without a name. */
final class PersonRemoval {
  private static final int NOBODY = 0;

  private PersonRemoval() {}

  /** Gives the user's numbers of a row to nobody; returns whether it has any. */
  static boolean ofRow(long[] values, int user) {
    boolean named = false;
    for (int at = 0; at < values.length; at += 1 + Part.USER.measures()) {
      if (values[at] == user) {
        values[at] = NOBODY;
        named = true;
      }
    }
    return named;
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
