package org.qstatmesh.wire;

import java.nio.ByteBuffer;

/**
 * A snapshot encoded once, for however many ask.
 *
 * <p>The bytes are the bare snapshot's with a gap where the value of {@code ageMillis} belongs:
 * {@code …,"ageMillis":} and {@code ,"probeVersion":…}. A reply is the envelope, the bytes before
 * the gap, the age at that moment and the bytes behind it: copies, no encoding. Immutable; may be
 * used from any thread.
 */
public final class EncodedSnapshot {
  private final String snapshotId;
  private final byte[] bytes;
  private final int gap;

  EncodedSnapshot(String snapshotId, byte[] bytes, int gap) {
    this.snapshotId = snapshotId;
    this.bytes = bytes;
    this.gap = gap;
  }

  /** The snapshot's id, to be compared with a request's {@code have}; null if it has none. */
  public String snapshotId() {
    return snapshotId;
  }

  /** How many bytes are held; a reply is about a hundred longer. */
  public int sizeBytes() {
    return bytes.length;
  }

  /** The snapshot at the given age between {@code head} and {@code tail}. */
  byte[] between(byte[] head, byte[] age, byte[] tail) {
    int length = head.length + bytes.length + age.length + tail.length;
    return ByteBuffer.allocate(length)
        .put(head)
        .put(bytes, 0, gap)
        .put(age)
        .put(bytes, gap, bytes.length - gap)
        .put(tail)
        .array();
  }
}
