package org.qstatmesh.poller;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Takes frames out of a stream: four bytes of length, most significant first, then the frame. A
 * length is checked against the budget when it is read, and memory follows the bytes that came, not
 * the length that was declared. Not thread-safe.
 */
final class FrameReader {
  private static final int BUFFER_BYTES = 64 << 10;

  /** Most characters quoted of a peer that sends text. */
  private static final int MAX_QUOTED = 200;

  private final ReplyBudget budget;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
  private String text;

  /** Of the frame under way; -1 before its length was read. */
  private int frameBytes = -1;

  private byte[] body = {};
  private int bodyBytes;

  FrameReader(int maxReplyBytes) {
    this.budget = new ReplyBudget(maxReplyBytes);
  }

  /** A request goes out: its reply may use the whole budget. */
  void renew() {
    budget.renew();
  }

  /** Why the peer was refused; null while it was not. The stream is of no use then. */
  String refusal() {
    return text == null ? budget.refusal() : text;
  }

  /** Reads once, at most as much as there is room for; -1 at the stream's end. */
  int readFrom(ReadableByteChannel channel) throws IOException {
    return channel.read(buffer);
  }

  /** Whether anything more may be read before {@link #next} is called. */
  boolean hasRoom() {
    return buffer.hasRemaining();
  }

  /** Whether nothing came since the last frame that was taken. */
  boolean isEmpty() {
    return buffer.position() == 0 && frameBytes < 0;
  }

  /** The next frame, once it is whole; else null. */
  byte[] next() {
    buffer.flip();
    try {
      return take();
    } finally {
      buffer.compact();
    }
  }

  private byte[] take() {
    if (frameBytes < 0) {
      if (buffer.remaining() < Integer.BYTES) {
        return null;
      }
      if (!budget.takes(buffer.getInt(buffer.position()))) {
        text = textInstead();
        return null;
      }
      frameBytes = buffer.getInt();
      body = new byte[Math.min(frameBytes, BUFFER_BYTES)];
      bodyBytes = 0;
    }
    int count = Math.min(buffer.remaining(), frameBytes - bodyBytes);
    if (bodyBytes + count > body.length) {
      int doubled = (int) Math.min(frameBytes, 2L * body.length);
      body = Arrays.copyOf(body, Math.max(doubled, bodyBytes + count));
    }
    buffer.get(body, bodyBytes, count);
    bodyBytes += count;
    if (bodyBytes < frameBytes) {
      return null;
    }
    byte[] frame = body;
    forgetFrame();
    return frame;
  }

  /** What it says, if the refused length is one only because it is text. */
  private String textInstead() {
    int length = Math.min(buffer.remaining(), MAX_QUOTED);
    byte[] bytes = new byte[length];
    buffer.get(buffer.position(), bytes);
    for (int i = 0; i < Integer.BYTES; i++) {
      if (bytes[i] < ' ' && bytes[i] != '\n' && bytes[i] != '\r' && bytes[i] != '\t') {
        return null;
      }
    }
    return "it sends text instead of frames: "
        + new String(bytes, StandardCharsets.UTF_8).strip().lines().findFirst().orElse("");
  }

  private void forgetFrame() {
    frameBytes = -1;
    body = new byte[0];
    bodyBytes = 0;
  }

  /** Forgets what came: the next bytes are those of a new stream. */
  void clear() {
    buffer.clear();
    forgetFrame();
  }
}
