package org.qstatmesh.store.chunk;

import java.nio.charset.StandardCharsets;

/**
 * Reads what {@link ByteSink} collected. Past its end it throws {@link IllegalArgumentException}.
 * One thread.
 */
public final class ByteSource {
  private final byte[] bytes;
  private final int end;
  private int at;

  /** All of it. */
  public ByteSource(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  /** A part of it. */
  public ByteSource(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
  }

  /** Whether something is left. */
  public boolean hasMore() {
    return at < end;
  }

  int remaining() {
    return end - at;
  }

  /** Index of what is read next. */
  public int position() {
    return at;
  }

  /** Leaves out so many bytes. */
  public void skip(int length) {
    at += length;
  }

  int getByte() {
    if (at >= end) {
      throw damaged("ends early");
    }
    return bytes[at++];
  }

  /** What {@link ByteSink#putVarint} put. Nearly all numbers are one byte. */
  public long getVarint() {
    int first = getByte();
    return first >= 0 ? first : rest(first & 0x7F);
  }

  private long rest(long first) {
    long value = first;
    for (int shift = 7; shift < 64; shift += 7) {
      int next = getByte();
      value |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw damaged("holds a number that does not end");
  }

  /** What {@link ByteSink#putZigzag} put. */
  public long getZigzag() {
    long value = getVarint();
    return value >>> 1 ^ -(value & 1);
  }

  /** A number that says how many follow, each of them at least a byte. */
  public int getCount() {
    long count = getVarint();
    if (count < 0 || count > remaining()) {
      throw damaged("announces more than it holds");
    }
    return (int) count;
  }

  /** What {@link ByteSink#putText} put. */
  public String getText() {
    int length = getCount();
    at += length;
    return new String(bytes, at - length, length, StandardCharsets.UTF_8);
  }

  byte[] getBytes(int length) {
    if (length > remaining()) {
      throw damaged("ends early");
    }
    byte[] copy = new byte[length];
    System.arraycopy(bytes, at, copy, 0, length);
    at += length;
    return copy;
  }

  static IllegalArgumentException damaged(String how) {
    return new IllegalArgumentException("a chunk of the history is damaged: it " + how);
  }
}
