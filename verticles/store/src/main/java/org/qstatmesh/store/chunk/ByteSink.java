package org.qstatmesh.store.chunk;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Collects numbers and texts. One thread. */
public final class ByteSink {
  private byte[] bytes = new byte[256];
  private int size;

  private void makeRoomFor(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
    }
  }

  void putByte(int value) {
    makeRoomFor(1);
    bytes[size++] = (byte) value;
  }

  /** Any long; small ones that are not negative are short. */
  public void putVarint(long value) {
    makeRoomFor(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  /** Any long; small ones are short, whatever their sign. */
  public void putZigzag(long value) {
    putVarint(value << 1 ^ value >> 63);
  }

  /** Its length and its bytes. */
  public void putText(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    putVarint(utf8.length);
    putBytes(utf8, 0, utf8.length);
  }

  void putBytes(byte[] from, int offset, int length) {
    makeRoomFor(length);
    System.arraycopy(from, offset, bytes, size, length);
    size += length;
  }

  /** What the other collected. */
  public void putAll(ByteSink other) {
    putBytes(other.bytes, 0, other.size);
  }

  /** Changes what was put. */
  void setByte(int index, int value) {
    bytes[index] = (byte) value;
  }

  /** What was collected is in front; valid until more is put. */
  byte[] array() {
    return bytes;
  }

  /** Begins anew. */
  public void clear() {
    size = 0;
  }

  /** How many bytes were collected. */
  public int size() {
    return size;
  }

  /** A copy of what was collected. */
  public byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }
}
