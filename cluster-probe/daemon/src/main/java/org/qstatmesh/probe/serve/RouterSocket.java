package org.qstatmesh.probe.serve;

import java.net.BindException;
import java.util.ArrayList;
import java.util.List;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;
import zmq.Msg;
import zmq.msg.MsgAllocatorHeap;

/**
 * The ROUTER with every bound it needs. JeroMQ 0.6.0 allocates the length a peer declares before a
 * byte has come, on the one thread that serves all peers, and its maxMsgSize lets negative lengths
 * through: the allocator refuses, which costs that peer its connection and nobody else anything.
 */
final class RouterSocket {
  /** Longest frame of a request. */
  static final int MAX_FRAME_BYTES = 8 << 10;

  /**
   * Most frames of one message that are looked at: identity, delimiter, request, and one too many.
   */
  private static final int MAX_FRAMES = 4;

  private static final int HIGH_WATER_MARK = 8;
  private static final int HANDSHAKE_MILLIS = 5_000;
  private static final int HEARTBEAT_MILLIS = 10_000;
  private static final int HEARTBEAT_TIMEOUT_MILLIS = 30_000;

  private final ZMQ.Socket socket;

  RouterSocket(ZContext context) {
    socket = context.createSocket(SocketType.ROUTER);
    MsgAllocatorHeap heap = new MsgAllocatorHeap();
    socket.setMsgAllocator(size -> allocate(heap, size));
    socket.setMaxMsgSize(MAX_FRAME_BYTES);
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

  private static Msg allocate(MsgAllocatorHeap heap, int size) {
    if (size < 0 || size > MAX_FRAME_BYTES) {
      throw new IllegalArgumentException("a peer declared a frame of " + size + " bytes");
    }
    return heap.allocate(size);
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
  void send(byte[] identity, byte[] reply) {
    boolean sent =
        socket.send(identity, ZMQ.SNDMORE | ZMQ.DONTWAIT)
            && socket.send(new byte[0], ZMQ.SNDMORE | ZMQ.DONTWAIT);
    if (sent) {
      socket.send(reply, ZMQ.DONTWAIT);
    }
  }
}
