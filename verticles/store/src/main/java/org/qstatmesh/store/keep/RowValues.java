package org.qstatmesh.store.keep;

import java.util.Arrays;
import org.qstatmesh.store.chunk.ByteSource;
import org.qstatmesh.store.chunk.Part;

/**
 * The BLOBs of the table {@code sample} as key, measures, key, measures, …. Every number in them is
 * a varint. Uses: word, a mask of the measures that are not 0, these. Reasons: word, jobs, slots.
 * Queues: word, flags (two bits enabled, two bits started, one bit a limit), running jobs, queued
 * jobs, wallclock limit and slots limit if there is one.
 */
final class RowValues {
  private static final int WALLCLOCK_LIMIT = 1 << 4;
  private static final int SLOTS_LIMIT = 1 << 5;
  private static final int ANSWERS = 0xF;

  private long[] values = new long[128];
  private int size;

  private RowValues() {}

  /** Throws {@link IllegalArgumentException} when the blob is damaged. */
  static long[] of(Part part, byte[] blob) {
    RowValues into = new RowValues();
    ByteSource in = new ByteSource(blob);
    while (in.hasMore()) {
      switch (part) {
        case USER, GROUP, ACCOUNT, QUEUE -> into.addUse(in);
        case REASON -> into.add(in.getVarint(), in.getVarint(), in.getVarint());
        case HEAD -> into.addQueue(in);
        default -> throw new IllegalArgumentException(part + " is in no blob");
      }
    }
    return Arrays.copyOf(into.values, into.size);
  }

  private void add(long... more) {
    if (size + more.length > values.length) {
      values = Arrays.copyOf(values, values.length * 2);
    }
    System.arraycopy(more, 0, values, size, more.length);
    size += more.length;
  }

  private void addUse(ByteSource in) {
    long[] use = new long[1 + Part.USER.measures()];
    use[0] = in.getVarint();
    long mask = in.getVarint();
    for (int measure = 0; measure < Part.USER.measures(); measure++) {
      use[1 + measure] = (mask & 1L << measure) == 0 ? 0 : in.getVarint();
    }
    add(use);
  }

  private void addQueue(ByteSource in) {
    long name = in.getVarint();
    long flags = in.getVarint();
    long running = in.getVarint();
    long queued = in.getVarint();
    long wallclockLimit = (flags & WALLCLOCK_LIMIT) == 0 ? 0 : in.getVarint() + 1;
    long slotsLimit = (flags & SLOTS_LIMIT) == 0 ? 0 : in.getVarint() + 1;
    for (int at = 0; at < size; at += 1 + Part.HEAD.measures()) {
      // Flags cannot be added up.
      if (values[at] == name) {
        return;
      }
    }
    add(name, (flags & ANSWERS) + 1, running, queued, wallclockLimit, slotsLimit);
  }
}
