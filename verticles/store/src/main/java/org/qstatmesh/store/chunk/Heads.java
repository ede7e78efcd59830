package org.qstatmesh.store.chunk;

import java.util.ArrayList;
import java.util.List;

/**
 * The heads of a chunk of {@link Part#HEAD}, one a point. Section: for each head the length that
 * its snapshot id shares with the one before, and the rest as text; then the other fields, each for
 * all heads, as differences; then the failures, each as a text (empty: none), written when it is
 * not the one before it, behind the number of heads that share it.
 */
public final class Heads {
  private Heads() {}

  /** Puts heads into a body of {@link Part#HEAD}, one for each of its points. */
  public static void put(ChunkEncoder encoder, List<Head> heads) {
    ByteSink out = encoder.heads();
    String before = "";
    for (Head head : heads) {
      int shared = shared(before, head.snapshotId());
      out.putVarint(shared);
      out.putText(head.snapshotId().substring(shared));
      before = head.snapshotId();
    }
    putDifferences(out, heads.stream().mapToLong(Head::receivedAfterMillis).toArray());
    putDifferences(out, heads.stream().mapToLong(Head::aboutNumber).toArray());
    putDifferences(out, heads.stream().mapToLong(Heads::flags).toArray());
    putFailures(out, heads);
  }

  /** Never between the two halves of a character beyond 16 bits. */
  private static int shared(String one, String other) {
    int shared = 0;
    int most = Math.min(one.length(), other.length());
    while (shared < most && one.charAt(shared) == other.charAt(shared)) {
      shared++;
    }
    return shared > 0 && Character.isHighSurrogate(one.charAt(shared - 1)) ? shared - 1 : shared;
  }

  private static long flags(Head head) {
    return head.knownParts() * 2L + (head.backfilled() ? 1 : 0);
  }

  private static void putDifferences(ByteSink out, long[] values) {
    long before = 0;
    for (long value : values) {
      out.putZigzag(value - before);
      before = value;
    }
  }

  private static void putFailures(ByteSink out, List<Head> heads) {
    int from = 0;
    while (from < heads.size()) {
      String failure = failure(heads.get(from));
      int to = from + 1;
      while (to < heads.size() && failure(heads.get(to)).equals(failure)) {
        to++;
      }
      out.putVarint(to - from);
      out.putText(failure);
      from = to;
    }
  }

  private static String failure(Head head) {
    return head.failure() == null ? "" : head.failure();
  }

  /**
   * One head a point, in the order of points.
   *
   * @throws IllegalArgumentException the body is damaged
   */
  public static List<Head> of(ChunkReader chunk) {
    ByteSource in = chunk.heads();
    int points = chunk.points();
    String[] ids = new String[points];
    String before = "";
    for (int i = 0; i < points; i++) {
      long shared = in.getVarint();
      if (shared < 0 || shared > before.length()) {
        throw ByteSource.damaged("names a snapshot by one that is shorter");
      }
      before = before.substring(0, (int) shared) + in.getText();
      ids[i] = before;
    }
    long[] receivedAfter = differences(in, points);
    long[] about = differences(in, points);
    long[] flags = differences(in, points);
    String[] failures = failures(in, points);
    List<Head> heads = new ArrayList<>(points);
    for (int i = 0; i < points; i++) {
      heads.add(
          new Head(
              ids[i],
              receivedAfter[i],
              (int) about[i],
              failures[i],
              (flags[i] & 1) != 0,
              (int) (flags[i] >> 1)));
    }
    return heads;
  }

  private static long[] differences(ByteSource in, int points) {
    long[] values = new long[points];
    long before = 0;
    for (int i = 0; i < points; i++) {
      before += in.getZigzag();
      values[i] = before;
    }
    return values;
  }

  private static String[] failures(ByteSource in, int points) {
    String[] failures = new String[points];
    int from = 0;
    while (from < points) {
      long count = in.getVarint();
      if (count < 1 || count > points - from) {
        throw ByteSource.damaged("has failures of more samples than it has");
      }
      String text = in.getText();
      for (int i = 0; i < count; i++) {
        failures[from++] = text.isEmpty() ? null : text;
      }
    }
    return failures;
  }
}
