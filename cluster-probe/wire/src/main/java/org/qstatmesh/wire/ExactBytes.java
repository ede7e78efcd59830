package org.qstatmesh.wire;

import java.io.OutputStream;

/** An array of a length known beforehand, filled from its beginning to its end. */
final class ExactBytes extends OutputStream {
  private final byte[] bytes;
  private int used;

  ExactBytes(int length) {
    this.bytes = new byte[length];
  }

  @Override
  public void write(int b) {
    bytes[used++] = (byte) b;
  }

  @Override
  public void write(byte[] more) {
    write(more, 0, more.length);
  }

  @Override
  public void write(byte[] more, int offset, int length) {
    System.arraycopy(more, offset, bytes, used, length);
    used += length;
  }

  /** The array, which must be full. */
  byte[] bytes() {
    if (used != bytes.length) {
      throw new IllegalStateException(used + " bytes were written of " + bytes.length);
    }
    return bytes;
  }
}
