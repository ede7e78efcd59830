package org.qstatmesh.demo;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import org.qstatmesh.bus.ProbeAddress;
import org.qstatmesh.wire.ProbeReply;
import org.qstatmesh.wire.ProbeRequest;
import org.qstatmesh.wire.WireCodec;
import org.qstatmesh.wire.WireException;
import org.qstatmesh.wire.WireLimits;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/** Asks a probe as any client may: a REQ socket, one request. */
final class Ask {
  private static final int PATIENCE_MILLIS = 8_000;
  private static final int ATTEMPTS = 4;

  private Ask() {}

  static ProbeReply snapshot(ProbeAddress probe) throws WireException {
    byte[] reply = null;
    // JeroMQ 0.6.0 loses some fresh connects for good; a new socket is the cure
    for (int attempt = 0; reply == null && attempt < ATTEMPTS; attempt++) {
      reply = reply(probe);
    }
    assertNotNull(reply, "no reply from " + probe);
    return WireCodec.decodeReply(reply, WireLimits.REPLY);
  }

  private static byte[] reply(ProbeAddress probe) {
    try (ZContext context = new ZContext()) {
      ZMQ.Socket socket = context.createSocket(SocketType.REQ);
      socket.setLinger(0);
      socket.setHandshakeIvl(2_000);
      socket.setReceiveTimeOut(PATIENCE_MILLIS);
      socket.connect(probe.toString());
      socket.send(WireCodec.encodeRequest(ProbeRequest.snapshot("1", null)));
      return socket.recv();
    }
  }

  static boolean refuses(ProbeAddress probe) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(probe.host(), probe.port()), PATIENCE_MILLIS);
      return false;
    } catch (ConnectException e) {
      return true;
    }
  }
}
