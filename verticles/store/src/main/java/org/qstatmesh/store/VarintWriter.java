package org.qstatmesh.store;

import java.util.Arrays;

/** Collects numbers, seven bits a byte, least first; the high bit says that more follow. */
final class VarintWriter {
  private byte[] bytes = new byte[256];
  private int size;

  /** Any long; small ones that are not negative are short. */
  void put(long value) {
    if (size + 10 > bytes.length) {
      bytes = Arrays.copyOf(bytes, bytes.length * 2);
    }
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }
}
