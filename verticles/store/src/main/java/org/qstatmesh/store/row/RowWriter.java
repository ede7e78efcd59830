package org.qstatmesh.store.row;

import java.util.List;
import org.qstatmesh.store.chunk.ByteSink;
import org.qstatmesh.store.chunk.Head;
import org.qstatmesh.store.chunk.Part;

/**
 * Makes bodies of rows. A body is its length and: a version; when the sample was observed and, from
 * then, received, in milliseconds; the number of what the cluster is; flags (bit 0: backfilled, bit
 * 1: has a failure, from bit 2 on one bit for each known part); the failure as JSON; then of every
 * known part, in the order of their codes, a length and for each key: the key, a mask of the
 * measures that are not 0, these. One thread.
 */
public final class RowWriter {
  static final int VERSION = 1;
  static final int BACKFILLED = 1;
  static final int FAILURE = 1 << 1;
  static final int KNOWN_SHIFT = 2;
  static final List<Part> PARTS = List.of(Part.values());

  private final ByteSink row = new ByteSink();
  private final ByteSink body = new ByteSink();
  private final ByteSink section = new ByteSink();

  /** All of a sample but its snapshot's id. */
  public byte[] write(RowSample sample) {
    Head head = sample.head();
    body.clear();
    body.putVarint(VERSION);
    body.putZigzag(sample.observedAtEpochMillis());
    body.putZigzag(head.receivedAfterMillis());
    body.putVarint(head.aboutNumber());
    int known = Head.bitsOf(sample.values().keySet());
    body.putVarint(
        (head.backfilled() ? BACKFILLED : 0)
            | (head.failure() == null ? 0 : FAILURE)
            | known << KNOWN_SHIFT);
    if (head.failure() != null) {
      body.putText(head.failure());
    }
    for (Part part : PARTS) {
      long[] values = sample.values().get(part);
      if (values != null) {
        section.clear();
        putValues(part.measures(), values);
        body.putVarint(section.size());
        body.putAll(section);
      }
    }
    row.clear();
    row.putVarint(body.size());
    row.putAll(body);
    return row.toBytes();
  }

  private void putValues(int measures, long[] values) {
    for (int at = 0; at < values.length; at += 1 + measures) {
      int mask = 0;
      for (int measure = 0; measure < measures; measure++) {
        mask |= values[at + 1 + measure] == 0 ? 0 : 1 << measure;
      }
      section.putVarint(values[at]);
      section.putVarint(mask);
      for (int measure = 0; measure < measures; measure++) {
        if (values[at + 1 + measure] != 0) {
          section.putVarint(values[at + 1 + measure]);
        }
      }
    }
  }
}
