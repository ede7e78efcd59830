package org.qstatmesh.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Checksum;

/**
 * Bytes that grow in pieces: an array that doubles would need three times the memory of what it
 * holds while it grows. One thread writes; after that any thread may read.
 */
final class ChunkedBytes extends OutputStream {
  private static final int FIRST_CHUNK_BYTES = 8 << 10;
  private static final int LARGEST_CHUNK_BYTES = 256 << 10;

  /** Takes the chunks one after the other. */
  interface Reader {
    void read(byte[] bytes, int length) throws IOException;
  }

  private final List<byte[]> full = new ArrayList<>();
  private byte[] last = new byte[FIRST_CHUNK_BYTES];
  private int used;
  private long fullBytes;

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    int from = offset;
    int left = length;
    while (left > 0) {
      if (used == last.length) {
        begin();
      }
      int some = Math.min(left, last.length - used);
      System.arraycopy(bytes, from, last, used, some);
      used += some;
      from += some;
      left -= some;
    }
  }

  private void begin() {
    full.add(last);
    fullBytes += last.length;
    last = new byte[Math.min(2 * last.length, LARGEST_CHUNK_BYTES)];
    used = 0;
  }

  long size() {
    return fullBytes + used;
  }

  void forEach(Reader reader) throws IOException {
    for (byte[] chunk : full) {
      reader.read(chunk, chunk.length);
    }
    reader.read(last, used);
  }

  void addTo(Checksum sum) {
    full.forEach(chunk -> sum.update(chunk, 0, chunk.length));
    sum.update(last, 0, used);
  }
}
