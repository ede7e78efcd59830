package org.qstatmesh.store.chunk;

import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** The frame of a body: version, checksum, kind, sections. */
final class Sections {
  static final int VERSION = 1;
  static final int RAW = 0;
  static final int STEPS = 1;
  static final int POINTS = 0;
  static final int HEADS = 64;

  /** Version and checksum. */
  private static final int CHECKED_FROM = 5;

  /** Ten thousand names in a chunk, many times over: who announces more is damaged. */
  private static final int LARGEST_SECTION_BYTES = 256 * 1024 * 1024;

  private static final int MAX_CODE = 64;

  private final byte[] body;
  private final int kind;
  private final int[] offsets = new int[MAX_CODE + 1];
  private final int[] plainLengths = new int[MAX_CODE + 1];
  private final int[] storedLengths = new int[MAX_CODE + 1];

  /** Throws {@link IllegalArgumentException} when the body is damaged or of a newer release. */
  Sections(byte[] body) {
    this.body = body;
    ByteSource in = new ByteSource(body, 0, body.length);
    int version = in.getByte();
    if (version != VERSION) {
      throw ByteSource.damaged("has the version " + version + ", this release knows " + VERSION);
    }
    int sum = 0;
    for (int i = 0; i < 4; i++) {
      sum = (sum << 8) | (in.getByte() & 0xFF);
    }
    if (sum != checksum(body, body.length)) {
      throw ByteSource.damaged("does not have the checksum that was written");
    }
    kind = in.getByte();
    while (in.hasMore()) {
      int code = in.getByte();
      long plain = in.getVarint();
      long stored = in.getVarint();
      if (code < 0
          || code > MAX_CODE
          || plain <= 0
          || plain > LARGEST_SECTION_BYTES
          || stored <= 0
          || stored > Math.min(plain, in.remaining())) {
        throw ByteSource.damaged("has a section that cannot be");
      }
      offsets[code] = in.position();
      plainLengths[code] = (int) plain;
      storedLengths[code] = (int) stored;
      in.skip((int) stored);
    }
  }

  private static int checksum(byte[] body, int length) {
    CRC32 crc = new CRC32();
    crc.update(body, CHECKED_FROM, length - CHECKED_FROM);
    return (int) crc.getValue();
  }

  int kind() {
    return kind;
  }

  boolean has(int code) {
    return plainLengths[code] > 0;
  }

  /** A section inflated; what a body does not have is empty. */
  ByteSource open(int code) {
    int plain = plainLengths[code];
    if (plain == storedLengths[code]) {
      return new ByteSource(body, offsets[code], offsets[code] + plain);
    }
    byte[] bytes = new byte[plain];
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(body, offsets[code], storedLengths[code]);
      if (inflater.inflate(bytes) != plain) {
        throw ByteSource.damaged("ends early");
      }
      return new ByteSource(bytes, 0, plain);
    } catch (DataFormatException e) {
      throw new IllegalArgumentException("a chunk of the history is damaged", e);
    } finally {
      inflater.end();
    }
  }

  /** Puts a body together. {@link #toBytes} frees what it holds outside the heap. */
  static final class Builder {
    private final ByteSink out = new ByteSink();
    private final Deflater deflater;
    private byte[] deflated = new byte[4_096];

    Builder(int kind, int level) {
      deflater = new Deflater(level, true);
      out.putByte(VERSION);
      for (int i = 0; i < 4; i++) {
        out.putByte(0);
      }
      out.putByte(kind);
    }

    void add(int code, ByteSink section) {
      int plain = section.size();
      if (plain == 0) {
        return;
      }
      if (deflated.length < plain) {
        deflated = new byte[plain];
      }
      deflater.reset();
      deflater.setInput(section.array(), 0, plain);
      deflater.finish();
      // What does not fit is not smaller.
      int stored = deflater.deflate(deflated, 0, plain);
      boolean smaller = deflater.finished() && stored < plain;
      out.putByte(code);
      out.putVarint(plain);
      out.putVarint(smaller ? stored : plain);
      out.putBytes(smaller ? deflated : section.array(), 0, smaller ? stored : plain);
    }

    byte[] toBytes() {
      deflater.end();
      int sum = checksum(out.array(), out.size());
      for (int i = 0; i < 4; i++) {
        out.setByte(1 + i, sum >>> (8 * (3 - i)));
      }
      return out.toBytes();
    }
  }
}
