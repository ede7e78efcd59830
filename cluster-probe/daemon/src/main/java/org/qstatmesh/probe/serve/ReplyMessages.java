package org.qstatmesh.probe.serve;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import org.qstatmesh.probe.collect.LargePicture;
import org.qstatmesh.wire.EncodedReply;
import zmq.Msg;

/**
 * Replies as messages of ZeroMQ, which keeps each until the peer has read it.
 *
 * <p>A long one is put together outside the heap. From the heap the JDK would copy it there before
 * every write to the socket, all that is left of it, so that a reply of a hundred megabytes would
 * need them twice.
 */
final class ReplyMessages {
  private static final Logger LOG = System.getLogger(ReplyMessages.class.getName());

  /** The message; null when those that peers have not read yet leave no room for it. */
  Msg message(EncodedReply reply) {
    if (!LargePicture.isLarge(reply.length())) {
      return new Msg(reply.bytes());
    }
    LargePicture.makeRoom();
    ByteBuffer buffer;
    try {
      buffer = ByteBuffer.allocateDirect(Math.toIntExact(reply.length()));
    } catch (OutOfMemoryError full) {
      // thrown by the JDK's own count of such memory, not by a JVM in need
      LOG.log(Level.WARNING, "too many long replies under way: one was not sent");
      return null;
    }
    try {
      reply.writeTo(new Filling(buffer));
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail to be written", e);
    }
    return new Msg(buffer.flip());
  }

  private static final class Filling extends OutputStream {
    private final ByteBuffer buffer;

    Filling(ByteBuffer buffer) {
      this.buffer = buffer;
    }

    @Override
    public void write(int b) {
      buffer.put((byte) b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      buffer.put(bytes, offset, length);
    }
  }
}
