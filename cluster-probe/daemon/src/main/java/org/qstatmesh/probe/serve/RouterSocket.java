package org.qstatmesh.probe.serve;

import java.net.BindException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.qstatmesh.wire.EncodedReply;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;
import zmq.Msg;
import zmq.msg.MsgAllocatorHeap;

/**
 * The ROUTER with every bound it needs. One thread, but for {@link #allocate}, which ZeroMQ's own
 * thread calls.
 *
 * <p>JeroMQ 0.6.0 allocates the length a peer declares before a byte has come, on the one thread
 * that serves all peers. Its maxMsgSize closes the connection of whoever declares too much, but
 * lets negative lengths through, whose lower half is then taken for the length. The allocator must
 * not throw: measured, one more frame from that peer and ZeroMQ's thread loops for ever. It gives
 * out an empty frame instead, and what follows is that peer's own nonsense.
 *
 * <p>The frames of a message are kept until its last one comes, however many. A message without end
 * is {@link #flooded()}: its connection cannot be told from the others, so all are closed.
 */
final class RouterSocket {
  /** Longest frame of a request, as the asker wrote it. */
  static final int MAX_FRAME_BYTES = 8 << 10;

  /**
   * Most frames of one message that are looked at: identity, delimiter, request, and one too many.
   */
  private static final int MAX_FRAMES = 4;

  private static final int HIGH_WATER_MARK = 8;
  private static final int HANDSHAKE_MILLIS = 5_000;
  private static final int HEARTBEAT_MILLIS = 5_000;
  private static final int HEARTBEAT_TIMEOUT_MILLIS = 10_000;

  /** Frames that may come before a whole message does; the requests of hundreds of askers. */
  private static final int MAX_FRAMES_UNREAD = 4096;

  private final ZMQ.Socket socket;
  private final MsgAllocatorHeap heap = new MsgAllocatorHeap();

  /** Frames since the socket was last read empty; counted by ZeroMQ's thread. */
  private final AtomicInteger unread = new AtomicInteger();

  private final ReplyMessages replies = new ReplyMessages();
  private final Runnable onFlood;

  private final int longestFrameBytes;

  /**
   * A socket not yet bound.
   *
   * @param gate lets clients in by their keys; null to let in whoever can connect
   * @param onFlood is run by ZeroMQ's thread and must not block
   */
  RouterSocket(ZContext context, CurveGate gate, Runnable onFlood) {
    this.onFlood = onFlood;
    socket = context.createSocket(SocketType.ROUTER);
    longestFrameBytes = MAX_FRAME_BYTES + (gate == null ? 0 : CurveGate.FRAME_OVERHEAD_BYTES);
    if (gate != null) {
      gate.protect(socket);
    }
    socket.setMsgAllocator(this::allocate);
    socket.setMaxMsgSize(longestFrameBytes);
    socket.setLinger(0);
    socket.setSndHWM(HIGH_WATER_MARK);
    socket.setRcvHWM(HIGH_WATER_MARK);
    socket.setSendTimeOut(0);
    socket.setReceiveTimeOut(0);
    socket.setHandshakeIvl(HANDSHAKE_MILLIS);
    socket.setHeartbeatIvl(HEARTBEAT_MILLIS);
    socket.setHeartbeatTimeout(HEARTBEAT_TIMEOUT_MILLIS);
    socket.setIPv6(true);
  }

  private Msg allocate(int size) {
    if (unread.incrementAndGet() == MAX_FRAMES_UNREAD) {
      onFlood.run();
    }
    return heap.allocate(size < 0 || size > longestFrameBytes ? 0 : size);
  }

  /** Whether more frames came than whole messages explain. */
  boolean flooded() {
    return unread.get() >= MAX_FRAMES_UNREAD;
  }

  /** Binds and returns the endpoint with its real port. */
  String bind(String endpoint) throws BindException {
    try {
      if (!socket.bind(endpoint)) {
        throw new BindException("cannot bind " + endpoint);
      }
      return socket.getLastEndpoint();
    } catch (ZMQException | IllegalArgumentException refused) {
      BindException failure =
          new BindException("cannot bind " + endpoint + ": " + refused.getMessage());
      failure.initCause(refused);
      throw failure;
    }
  }

  ZMQ.Socket socket() {
    return socket;
  }

  /**
   * The next message's frames, the identity first; null when there is none; only the first four.
   */
  List<byte[]> receive() {
    byte[] frame = socket.recv(ZMQ.DONTWAIT);
    if (frame == null) {
      unread.set(0);
      return null;
    }
    List<byte[]> frames = new ArrayList<>(MAX_FRAMES);
    frames.add(frame);
    while (socket.hasReceiveMore()) {
      frame = socket.recv(ZMQ.DONTWAIT);
      if (frame == null) {
        break;
      }
      if (frames.size() < MAX_FRAMES) {
        frames.add(frame);
      }
    }
    return frames;
  }

  /** Sends behind an empty delimiter; a peer that is gone or does not read gets nothing. */
  void send(byte[] identity, EncodedReply reply) {
    Msg message = replies.message(reply);
    if (message == null) {
      return;
    }
    boolean sent =
        socket.send(identity, ZMQ.SNDMORE | ZMQ.DONTWAIT)
            && socket.send(new byte[0], ZMQ.SNDMORE | ZMQ.DONTWAIT);
    if (sent) {
      socket.sendMsg(message, ZMQ.DONTWAIT);
    }
  }
}
