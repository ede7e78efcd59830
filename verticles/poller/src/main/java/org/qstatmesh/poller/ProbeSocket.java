package org.qstatmesh.poller;

import org.zeromq.ZMQ;

/**
 * The DEALER of one cluster: sends {@code [empty][JSON]}, takes one reply of the same form for each
 * request. Used on the owner thread alone.
 */
final class ProbeSocket {
  /** What came of a turn. */
  enum Turn {
    NOTHING,
    REPLY,
    MALFORMED
  }

  private static final byte[] DELIMITER = {};

  private final long link;
  private final SocketGroup group;
  private final ReplyBudget budget;
  private final ZMQ.Socket socket;
  private byte[] unsent;
  private boolean expecting;
  private int stray;
  private byte[] reply;

  ProbeSocket(
      long link, SocketGroup group, String endpoint, int maxReplyBytes, Mechanism mechanism) {
    this.link = link;
    this.group = group;
    this.budget = new ReplyBudget(maxReplyBytes);
    this.socket = group.open();
    configure();
    mechanism.applyTo(socket);
    // Off, JeroMQ refuses an IPv6 endpoint; on, it would use IPv6 sockets for IPv4 peers too.
    socket.setIPv6(endpoint.contains("["));
    if (!socket.connect(endpoint)) {
      group.close(socket);
      throw new IllegalArgumentException("ZeroMQ does not accept " + endpoint);
    }
  }

  private void configure() {
    socket.setMsgAllocator(budget);
    // The budget refuses far below this and can say why; this is what ZeroMQ itself refuses.
    socket.setMaxMsgSize(Integer.MAX_VALUE);
    socket.setLinger(0);
    socket.setHWM(2);
    // JeroMQ 0.6.0 leaves 2 to 6 of 100 fresh connects without a handshake (jeromq PR 1022): give
    // up soon, connect again. A request must outlive that, so it is queued at once: without
    // "immediate" it goes into a pipe that ends with the failed connect, and is lost unseen.
    // Requests cannot pile up for a peer that is away: there is one, and it goes with its socket.
    socket.setHandshakeIvl(2_000);
    socket.setImmediate(true);
    socket.setHeartbeatIvl(5_000);
    socket.setHeartbeatTimeout(15_000);
    socket.setReconnectIVL(500);
    socket.setReconnectIVLMax(5_000);
    // Nothing here waits; should a call of ours ever do so, it ends.
    socket.setSendTimeOut(1_000);
    socket.setReceiveTimeOut(1_000);
  }

  long link() {
    return link;
  }

  SocketGroup group() {
    return group;
  }

  ZMQ.Socket socket() {
    return socket;
  }

  /** Why the peer was refused; null while it was not. */
  String refusal() {
    return budget.refusal();
  }

  /** Events to wait for; 0 for none. */
  int interest() {
    return (unsent == null ? 0 : ZMQ.Poller.POLLOUT) | (expecting ? ZMQ.Poller.POLLIN : 0);
  }

  /** The reply of the last {@link Turn#REPLY}; once. */
  byte[] takeReply() {
    byte[] taken = reply;
    reply = null;
    return taken;
  }

  /** Sends as soon as the peer is connected. What lies there unread was asked for by nobody. */
  void send(byte[] json) {
    stray = 0;
    // HWM 2 bounds what can lie there; a peer that goes on sending is caught by its budget.
    while (stray < 4 && receive() != Turn.NOTHING) {
      stray++;
    }
    budget.renew();
    reply = null;
    expecting = true;
    unsent = json;
    trySend();
  }

  /** How many messages the last {@link #send} threw away. */
  int stray() {
    return stray;
  }

  /** Waits for another reply to the same request. */
  void listenAgain() {
    expecting = true;
  }

  /** Does what can be done without waiting. */
  Turn turn() {
    if (unsent != null) {
      trySend();
    }
    if (!expecting) {
      return Turn.NOTHING;
    }
    Turn turn = receive();
    expecting = turn == Turn.NOTHING;
    return turn;
  }

  void close() {
    group.close(socket);
  }

  private void trySend() {
    if (socket.send(DELIMITER, ZMQ.SNDMORE | ZMQ.DONTWAIT) && socket.send(unsent, ZMQ.DONTWAIT)) {
      unsent = null;
    }
  }

  private Turn receive() {
    byte[] first = socket.recv(ZMQ.DONTWAIT);
    if (first == null) {
      return Turn.NOTHING;
    }
    byte[] second = null;
    int frames = 1;
    while (socket.hasReceiveMore()) {
      byte[] frame = socket.recv(ZMQ.DONTWAIT);
      frames++;
      second = frames == 2 ? frame : second;
    }
    if (first.length != 0 || frames != 2 || second == null) {
      return Turn.MALFORMED;
    }
    reply = second;
    return Turn.REPLY;
  }
}
