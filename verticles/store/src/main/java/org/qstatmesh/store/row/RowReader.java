package org.qstatmesh.store.row;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.qstatmesh.store.chunk.ByteSource;
import org.qstatmesh.store.chunk.Head;
import org.qstatmesh.store.chunk.Part;

/**
 * Goes through bodies of {@link RowWriter}, one behind the other. What is damaged is told by {@link
 * IllegalArgumentException}, after which the reader is of no more use. One thread.
 */
public final class RowReader {
  private final byte[] bodies;
  private final ByteSource in;
  private final int[] starts = new int[RowWriter.PARTS.size()];
  private final int[] ends = new int[RowWriter.PARTS.size()];
  private long observedAtEpochMillis;
  private long receivedAfterMillis;
  private int aboutNumber;
  private int flags;
  private String failure;

  /** Stands before the first. */
  public RowReader(byte[] bodies) {
    this.bodies = bodies;
    in = new ByteSource(bodies);
  }

  /** The sample of a single body. */
  public static RowSample sample(String snapshotId, byte[] body) {
    RowReader reader = new RowReader(body);
    if (!reader.next()) {
      throw damaged("is empty");
    }
    return reader.sample(snapshotId);
  }

  /** Goes to the next; returns false when there is none. */
  public boolean next() {
    if (!in.hasMore()) {
      return false;
    }
    int length = in.getCount();
    int end = in.position() + length;
    long version = in.getVarint();
    if (version != RowWriter.VERSION) {
      throw damaged("has the version " + version);
    }
    observedAtEpochMillis = in.getZigzag();
    receivedAfterMillis = in.getZigzag();
    aboutNumber = (int) in.getVarint();
    long found = in.getVarint();
    if (found >>> RowWriter.KNOWN_SHIFT >= 1L << starts.length) {
      throw damaged("knows parts that there are not");
    }
    flags = (int) found;
    failure = (flags & RowWriter.FAILURE) == 0 ? null : in.getText();
    for (Part part : RowWriter.PARTS) {
      if (knows(part)) {
        int size = in.getCount();
        starts[part.code()] = in.position();
        ends[part.code()] = in.position() + size;
        in.skip(size);
      }
    }
    if (in.position() != end) {
      throw damaged("is not as long as it says");
    }
    return true;
  }

  /** When the sample was true. */
  public long observedAtEpochMillis() {
    return observedAtEpochMillis;
  }

  /** Whether it was counted while no poller was there. */
  public boolean isBackfilled() {
    return (flags & RowWriter.BACKFILLED) != 0;
  }

  /** Whether the part was observed. */
  public boolean knows(Part part) {
    return (flags >> RowWriter.KNOWN_SHIFT & 1 << part.code()) != 0;
  }

  /** Key, measures, key, measures, … of a part that it knows. */
  public long[] values(Part part) {
    int measures = part.measures();
    long[] values = new long[16 * (1 + measures)];
    int size = 0;
    ByteSource section = section(part);
    while (section.hasMore()) {
      if (size == values.length) {
        values = Arrays.copyOf(values, size * 2);
      }
      values[size] = key(section);
      long mask = section.getVarint();
      for (int measure = 0; measure < measures; measure++) {
        values[size + 1 + measure] = (mask & 1L << measure) == 0 ? 0 : section.getVarint();
      }
      size += 1 + measures;
    }
    return Arrays.copyOf(values, size);
  }

  /** Takes what a key has of a measure. */
  public interface KeyCount {
    /** Count of one key. */
    void accept(int key, long count);
  }

  /** One measure of every key of a known part that is not 0 in it. */
  public void forEachCount(Part part, int measure, KeyCount taker) {
    ByteSource section = section(part);
    while (section.hasMore()) {
      int key = key(section);
      long mask = section.getVarint();
      for (int one = 0; one < part.measures(); one++) {
        if ((mask & 1L << one) != 0) {
          long count = section.getVarint();
          if (one == measure) {
            taker.accept(key, count);
          }
        }
      }
    }
  }

  private ByteSource section(Part part) {
    return new ByteSource(bodies, starts[part.code()], ends[part.code()]);
  }

  private static int key(ByteSource section) {
    long key = section.getVarint();
    if (key < 0 || key > Integer.MAX_VALUE) {
      throw damaged("has a key that is none");
    }
    return (int) key;
  }

  /** All of it. */
  public RowSample sample(String snapshotId) {
    Map<Part, long[]> values = new EnumMap<>(Part.class);
    for (Part part : RowWriter.PARTS) {
      if (knows(part)) {
        values.put(part, values(part));
      }
    }
    Head head =
        new Head(
            snapshotId,
            receivedAfterMillis,
            aboutNumber,
            failure,
            isBackfilled(),
            flags >> RowWriter.KNOWN_SHIFT);
    return new RowSample(observedAtEpochMillis, head, values);
  }

  private static IllegalArgumentException damaged(String how) {
    return new IllegalArgumentException("a row of the history is damaged: it " + how);
  }
}
