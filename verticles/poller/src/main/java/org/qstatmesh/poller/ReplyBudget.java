package org.qstatmesh.poller;

import java.util.concurrent.atomic.AtomicLong;
import zmq.Msg;
import zmq.msg.MsgAllocator;

/**
 * What a peer may make us allocate between two requests.
 *
 * <p>JeroMQ 0.6.0 allocates the length that a frame declares before a byte of it has come, and
 * casts a negative 64-bit length to an int after its check against maxMsgSize: one frame of 9 bytes
 * ends the I/O thread of every socket of the context by OutOfMemoryError (jeromq #1005). A message
 * may also have any number of frames, which no option bounds: so the budget is for all frames
 * together.
 *
 * <p>A refusal must not be an exception: after one, JeroMQ's decoder stands at a length that it has
 * read but not taken, and the next byte from the peer lets the I/O thread go round in {@code
 * DecoderBase.decode} for ever. Instead every further frame becomes an empty command, which JeroMQ
 * throws away, until the owner thread has seen {@link #refusal()} and closed the socket.
 *
 * <p>Allocation happens on JeroMQ's I/O thread, everything else on the owner thread. A stream of
 * frames has the same budget and asks {@link #takes}, all on its owner thread.
 */
final class ReplyBudget implements MsgAllocator {
  /** For frames that are not the reply: handshake, heartbeats (one in 5 s), delimiters. */
  private static final long SPARE_BYTES = 1 << 20;

  /** What a frame costs us besides its bytes; without it, empty frames would be free. */
  private static final long FRAME_BYTES = 64;

  private final int maxReplyBytes;
  private final AtomicLong leftBytes = new AtomicLong();
  private volatile String refusal;

  ReplyBudget(int maxReplyBytes) {
    this.maxReplyBytes = maxReplyBytes;
    renew();
  }

  /** A request goes out: its reply may use the whole budget. */
  void renew() {
    leftBytes.set(maxReplyBytes + SPARE_BYTES);
  }

  /** Why something was refused; null while nothing was. The connection is of no use then. */
  String refusal() {
    return refusal;
  }

  /** Whether a frame of that length may come; a negative one is more than an int holds. */
  boolean takes(int size) {
    if (refusal == null) {
      refusal = whyNot(size);
    }
    return refusal == null;
  }

  @Override
  public Msg allocate(int size) {
    if (takes(size)) {
      return new Msg(size);
    }
    Msg thrownAway = new Msg(0);
    thrownAway.setFlags(Msg.COMMAND);
    return thrownAway;
  }

  private String whyNot(int size) {
    if (size < 0 || size > maxReplyBytes) {
      String declared = size < 0 ? "2 GiB or more" : size + " bytes";
      return "it declares a frame of " + declared + ", more than maxReplyBytes " + maxReplyBytes;
    }
    return leftBytes.addAndGet(-size - FRAME_BYTES) < 0
        ? "it sends more than maxReplyBytes " + maxReplyBytes + " for one request"
        : null;
  }
}
