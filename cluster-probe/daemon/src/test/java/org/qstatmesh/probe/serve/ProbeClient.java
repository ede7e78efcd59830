package org.qstatmesh.probe.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.qstatmesh.wire.ProbeReply;
import org.qstatmesh.wire.ProbeRequest;
import org.qstatmesh.wire.WireCodec;
import org.qstatmesh.wire.WireException;
import org.qstatmesh.wire.WireLimits;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/** A REQ or DEALER of another program; the delimiter of a DEALER is written by hand. */
final class ProbeClient implements AutoCloseable {
  private final ZContext context = new ZContext(1);
  private final ZMQ.Socket socket;
  private final boolean dealer;

  /** Makes a socket ready before it connects. */
  interface Setting {
    void apply(ZMQ.Socket socket);
  }

  ProbeClient(SocketType type, String endpoint) {
    this(type, endpoint, socket -> {});
  }

  /** A DEALER with options of its own. */
  ProbeClient(String endpoint, Setting setting) {
    this(SocketType.DEALER, endpoint, setting);
  }

  private ProbeClient(SocketType type, String endpoint, Setting setting) {
    dealer = type == SocketType.DEALER;
    socket = context.createSocket(type);
    socket.setLinger(0);
    socket.setReceiveTimeOut(15_000);
    // JeroMQ 0.6.0 loses some fresh connects; this makes it try again
    socket.setHandshakeIvl(1_000);
    setting.apply(socket);
    socket.connect(endpoint);
  }

  ProbeReply ask(ProbeRequest request) throws WireException {
    send(request);
    return receive();
  }

  void send(ProbeRequest request) {
    send(WireCodec.encodeRequest(request));
  }

  void send(byte[] body) {
    if (dealer) {
      socket.send(new byte[0], ZMQ.SNDMORE);
    }
    socket.send(body);
  }

  void send(String body) {
    send(body.getBytes(StandardCharsets.UTF_8));
  }

  /** Frames as they are, without the delimiter. */
  void sendFrames(String... frames) {
    for (int i = 0; i < frames.length; i++) {
      socket.send(frames[i], i + 1 < frames.length ? ZMQ.SNDMORE : 0);
    }
  }

  ProbeReply receive() throws WireException {
    byte[] frame = socket.recv();
    assertNotNull(frame, "no reply");
    if (dealer) {
      assertEquals(0, frame.length, "the delimiter comes first");
      frame = socket.recv();
    }
    return WireCodec.decodeReply(frame, WireLimits.REPLY);
  }

  /** The next frame, whatever it is; null when none comes. */
  byte[] received(Duration within) {
    int usual = socket.getReceiveTimeOut();
    socket.setReceiveTimeOut(Math.toIntExact(within.toMillis()));
    byte[] frame = socket.recv();
    socket.setReceiveTimeOut(usual);
    return frame;
  }

  @Override
  public void close() {
    context.close();
  }
}
