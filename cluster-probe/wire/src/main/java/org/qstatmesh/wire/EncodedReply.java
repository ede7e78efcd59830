package org.qstatmesh.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/**
 * A reply whose length is known before it is written, so that whoever sends it can choose where it
 * is put together: a long one is a hundred megabytes. Immutable; may be used from any thread.
 */
public final class EncodedReply {
  /** Writes the whole reply. */
  interface Body {
    void writeTo(OutputStream out) throws IOException;
  }

  private final long length;
  private final Body body;

  EncodedReply(long length, Body body) {
    this.length = length;
    this.body = body;
  }

  /** Bytes that {@link #writeTo} writes. */
  public long length() {
    return length;
  }

  /** Writes it in many small pieces. */
  public void writeTo(OutputStream out) throws IOException {
    body.writeTo(out);
  }

  /**
   * As one array.
   *
   * @throws ArithmeticException when that is more than two gigabytes
   */
  public byte[] bytes() {
    ExactBytes out = new ExactBytes(Math.toIntExact(length));
    try {
      writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail to be written", e);
    }
    return out.bytes();
  }
}
