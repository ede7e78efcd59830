package org.qstatmesh.poller;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/**
 * The stream of one cluster: each request and each reply is four bytes of length, most significant
 * first, and as many bytes of JSON. A connection that ends while a request is under way is made
 * again and the request sent again, until its asker gives up; without a request there is nothing to
 * connect for. Used on the owner thread alone.
 */
final class ProbeStream {
  /** What came of a turn. */
  enum Turn {
    NOTHING,
    REPLY,
    REFUSED
  }

  private static final long FIRST_RECONNECT_MILLIS = 200;
  private static final long LONGEST_RECONNECT_MILLIS = 2_000;

  /** Most pieces read in a turn, so that one that sends without end leaves time for the others. */
  private static final int READS_IN_A_TURN = 16;

  private final long link;
  private final Selector selector;
  private final InetSocketAddress peer;
  private final FrameReader frames;
  private SocketChannel channel;
  private SelectionKey key;
  private byte[] request;
  private ByteBuffer unsent;
  private boolean expecting;
  private byte[] reply;
  private long reconnectMillis;
  private long connectAtNanos;

  ProbeStream(long link, Selector selector, InetSocketAddress peer, int maxReplyBytes) {
    this.link = link;
    this.selector = selector;
    this.peer = peer;
    this.frames = new FrameReader(maxReplyBytes);
  }

  long link() {
    return link;
  }

  /** Why the peer was refused; null while it was not. */
  String refusal() {
    return frames.refusal();
  }

  /** The reply of the last {@link Turn#REPLY}; once. */
  byte[] takeReply() {
    byte[] taken = reply;
    reply = null;
    return taken;
  }

  /**
   * Sends as soon as the peer is connected. One that has said something since its last reply was
   * asked for nothing: it is not believed again on that connection.
   *
   * @return whether it had
   */
  boolean send(byte[] json, long nowNanos) {
    boolean stray = !frames.isEmpty();
    if (stray) {
      disconnect();
    }
    frames.renew();
    request = json;
    expecting = true;
    reply = null;
    reconnectMillis = 0;
    connectAtNanos = nowNanos;
    if (channel != null) {
      unsent = frame(json);
    }
    return stray;
  }

  private static ByteBuffer frame(byte[] json) {
    return ByteBuffer.allocate(Integer.BYTES + json.length).putInt(json.length).put(json).flip();
  }

  /** Waits for another reply to the same request. */
  void listenAgain() {
    expecting = true;
  }

  /** Time until a connection should be made; long if that is not so. */
  long millisToNextConnect(long nowNanos) {
    return expecting && channel == null
        ? Math.max(0, (connectAtNanos - nowNanos) / 1_000_000)
        : Long.MAX_VALUE;
  }

  /** Does what can be done without waiting. */
  Turn turn(long nowNanos) {
    Turn turn = Turn.NOTHING;
    try {
      if (channel == null && expecting && nowNanos - connectAtNanos >= 0) {
        connect();
      }
      if (channel != null && !channel.isConnectionPending()) {
        turn = talk();
      } else if (channel != null && channel.finishConnect()) {
        turn = talk();
      }
    } catch (IOException e) {
      connectionEnded(nowNanos);
    }
    if (key != null && key.isValid()) {
      key.interestOps(interest());
    }
    return turn;
  }

  private void connect() throws IOException {
    channel = SocketChannel.open();
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    key = channel.register(selector, 0);
    unsent = frame(request);
    channel.connect(peer);
  }

  private Turn talk() throws IOException {
    if (unsent != null) {
      channel.write(unsent);
      unsent = unsent.hasRemaining() ? unsent : null;
    }
    for (int reads = 0; reads < READS_IN_A_TURN; reads++) {
      int count = frames.readFrom(channel);
      if (expecting) {
        reply = frames.next();
        if (reply != null) {
          expecting = false;
          return Turn.REPLY;
        }
      }
      if (frames.refusal() != null) {
        return Turn.REFUSED;
      }
      if (count < 0) {
        throw new IOException("the peer has closed the connection");
      }
      if (count == 0) {
        break;
      }
    }
    return Turn.NOTHING;
  }

  private int interest() {
    if (channel.isConnectionPending()) {
      return SelectionKey.OP_CONNECT;
    }
    int read = frames.hasRoom() ? SelectionKey.OP_READ : 0;
    return read | (unsent == null ? 0 : SelectionKey.OP_WRITE);
  }

  private void connectionEnded(long nowNanos) {
    disconnect();
    reconnectMillis =
        reconnectMillis == 0
            ? FIRST_RECONNECT_MILLIS
            : Math.min(LONGEST_RECONNECT_MILLIS, 2 * reconnectMillis);
    connectAtNanos = nowNanos + reconnectMillis * 1_000_000;
  }

  private void disconnect() {
    SocketChannel old = channel;
    channel = null;
    key = null;
    unsent = null;
    frames.clear();
    if (old != null) {
      try {
        old.close();
      } catch (IOException e) {
        // It is of no use any more, closed or not.
      }
    }
  }

  void close() {
    disconnect();
  }
}
