package org.qstatmesh.store.row;

import java.util.Map;
import org.qstatmesh.store.chunk.ChunkWriter;
import org.qstatmesh.store.chunk.Head;
import org.qstatmesh.store.chunk.Part;

/**
 * A sample with numbers in place of names.
 *
 * @param observedAtEpochMillis when it was true
 * @param head what is no number
 * @param values of each part that it knows: key, then its measures, again and again, as listed;
 *     HEAD: the queues
 */
public record RowSample(long observedAtEpochMillis, Head head, Map<Part, long[]> values) {

  /** Puts values of a part into the point that was begun last. */
  public static void put(Part part, long[] values, ChunkWriter writer) {
    int width = 1 + part.measures();
    for (int at = 0; at < values.length; at += width) {
      for (int measure = 0; measure < part.measures(); measure++) {
        writer.put((int) values[at], measure, values[at + 1 + measure]);
      }
    }
  }
}
