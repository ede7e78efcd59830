package org.qstatmesh.store.copy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * How many rows a table has, and the sum of their hashes: the same in whatever order they come. Two
 * tables of which a value differs have the same sum once in 2^64. One thread.
 */
final class RowSum {
  private final MessageDigest digest;
  private long rows;
  private long sum;

  RowSum() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Takes values as {@link HistoryTable#row} gives them. */
  void add(Object[] row) {
    for (Object value : row) {
      if (value == null) {
        digest.update((byte) 0);
      } else if (value instanceof Long number) {
        add((byte) 1, ByteBuffer.allocate(Long.BYTES).putLong(number).array());
      } else if (value instanceof String text) {
        add((byte) 2, text.getBytes(StandardCharsets.UTF_8));
      } else {
        add((byte) 3, (byte[]) value);
      }
    }
    rows++;
    sum += ByteBuffer.wrap(digest.digest()).getLong();
  }

  /** With its length: of "a", "bc" and "ab", "c" the bytes are the same. */
  private void add(byte kind, byte[] value) {
    digest.update(kind);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(value.length).array());
    digest.update(value);
  }

  long rows() {
    return rows;
  }

  boolean isThatOf(RowSum other) {
    return rows == other.rows && sum == other.sum;
  }
}
