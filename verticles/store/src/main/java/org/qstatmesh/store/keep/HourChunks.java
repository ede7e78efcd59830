package org.qstatmesh.store.keep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.qstatmesh.store.chunk.ChunkEncoder;
import org.qstatmesh.store.chunk.ChunkReader;
import org.qstatmesh.store.chunk.ChunkWriter;
import org.qstatmesh.store.chunk.Head;
import org.qstatmesh.store.chunk.Heads;
import org.qstatmesh.store.chunk.Part;
import org.qstatmesh.store.row.RowSample;

/** The samples of an hour as chunks, both ways; nothing is lost on the way. */
final class HourChunks {
  private HourChunks() {}

  /**
   * A body for each part that at least one sample knows; HEAD knows all of them.
   *
   * @param samples by time
   */
  static Map<Part, byte[]> encode(List<HourSample> samples) {
    Map<Part, byte[]> bodies = new EnumMap<>(Part.class);
    for (Part part : Part.values()) {
      ChunkWriter writer = ChunkWriter.raw(part);
      int points = 0;
      for (HourSample sample : samples) {
        long[] values = sample.values().get(part);
        if (values != null || part == Part.HEAD) {
          writer.point(sample.offsetMillis(), 1);
          points++;
        }
        if (values != null) {
          RowSample.put(part, values, writer);
        }
      }
      if (points > 0) {
        ChunkEncoder encoder = writer.toEncoder();
        if (part == Part.HEAD) {
          Heads.put(encoder, samples.stream().map(HourSample::head).toList());
        }
        bodies.put(part, encoder.toBytes(ChunkEncoder.THOROUGH));
      }
    }
    return bodies;
  }

  /**
   * The samples in chunks of one hour.
   *
   * @param chunks those that could be read; without HEAD there are no samples
   */
  static List<HourSample> decode(Map<Part, ChunkReader> chunks) {
    ChunkReader heads = chunks.get(Part.HEAD);
    if (heads == null) {
      return List.of();
    }
    List<Head> of = Heads.of(heads);
    List<HourSample> samples = new ArrayList<>();
    for (int i = 0; i < of.size(); i++) {
      samples.add(new HourSample(heads.offsetMillis(i), of.get(i), new EnumMap<>(Part.class)));
    }
    for (Part part : Part.values()) {
      ChunkReader chunk = chunks.get(part);
      if (chunk != null) {
        List<HourSample> points = samples.stream().filter(s -> s.head().knows(part)).toList();
        if (part == Part.HEAD) {
          spread(part, values(part, chunk), samples);
        } else if (points.size() == chunk.points()) {
          spread(part, values(part, chunk), points);
        }
      }
    }
    return samples.stream().map(HourChunks::knowingWhatItHas).toList();
  }

  /** Of a part whose chunk is damaged a sample knows nothing any more. */
  private static HourSample knowingWhatItHas(HourSample sample) {
    Head head = sample.head();
    int known = Head.bitsOf(sample.values().keySet());
    return known == head.knownParts()
        ? sample
        : new HourSample(
            sample.offsetMillis(),
            new Head(
                head.snapshotId(),
                head.receivedAfterMillis(),
                head.aboutNumber(),
                head.failure(),
                head.backfilled(),
                known),
            sample.values());
  }

  private static void spread(Part part, long[][] values, List<HourSample> points) {
    for (int i = 0; i < values.length; i++) {
      if (points.get(i).head().knows(part)) {
        points.get(i).values().put(part, values[i]);
      }
    }
  }

  /** For each point key, measures, key, measures, …; without keys that are 0 in it. */
  private static long[][] values(Part part, ChunkReader chunk) {
    int width = 1 + part.measures();
    List<TreeMap<Integer, long[]>> points = new ArrayList<>();
    for (int i = 0; i < chunk.points(); i++) {
      points.add(new TreeMap<>());
    }
    for (int m = 0; m < part.measures(); m++) {
      int measure = m;
      chunk.forEachMean(
          measure,
          (key, values, same) -> {
            for (int i = 0; i < points.size(); i++) {
              if (values[i] != 0) {
                points.get(i).computeIfAbsent(key, k -> new long[width])[1 + measure] = values[i];
              }
            }
          });
    }
    return points.stream().map(keys -> flat(keys, width)).toArray(long[][]::new);
  }

  private static long[] flat(Map<Integer, long[]> keys, int width) {
    long[] flat = new long[keys.size() * width];
    int[] at = {0};
    keys.forEach(
        (key, values) -> {
          values[0] = key;
          System.arraycopy(values, 0, flat, at[0], width);
          at[0] += width;
        });
    return Arrays.copyOf(flat, at[0]);
  }
}
