package org.qstatmesh.probe.serve;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.qstatmesh.probe.command.Printable;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/**
 * Lets only listed clients in: the handler that ZeroMQ asks for each CURVE handshake. It is polled
 * by the thread that owns the ROUTER, so that it needs none of its own.
 *
 * <p>ZeroMQ lets everybody in while nobody is bound at the handler's address. So a gate is opened
 * before its ROUTER, stays until the context closes, and cannot be left out: a socket gets its keys
 * from here.
 *
 * @see "https://rfc.zeromq.org/spec/27/, ZAP"
 */
final class CurveGate {
  private static final Logger LOG = System.getLogger(CurveGate.class.getName());
  private static final String ADDRESS = "inproc://zeromq.zap.01";
  private static final String VERSION = "1.0";

  /** Version, request id, domain, address, identity, mechanism, the client's public key. */
  private static final int FRAMES = 7;

  /** What a box adds to a frame: command name, nonce, flags, authenticator; 33 bytes. */
  static final int FRAME_OVERHEAD_BYTES = 64;

  private final CurveKeys keys;
  private final ZMQ.Socket handler;
  private String lastRefused = "";

  /** Answers handshakes of the context from now on, when {@link #answer()} is called. */
  CurveGate(ZContext context, CurveKeys keys) {
    this.keys = keys;
    handler = context.createSocket(SocketType.REP);
    handler.setLinger(0);
    handler.setReceiveTimeOut(0);
    handler.setSendTimeOut(0);
    if (!handler.bind(ADDRESS)) {
      throw new IllegalStateException("cannot bind " + ADDRESS);
    }
  }

  ZMQ.Socket socket() {
    return handler;
  }

  /** Makes a socket, not yet bound, one that only listed clients get in to. */
  void protect(ZMQ.Socket socket) {
    socket.setCurveServer(true);
    socket.setCurvePublicKey(keys.publicKey());
    socket.setCurveSecretKey(keys.secretKey());
    socket.setZapDomain("qstat-probe");
  }

  /** Answers the handshakes that wait. */
  void answer() {
    for (List<byte[]> request = receive(); request != null; request = receive()) {
      Optional<String> client =
          request.size() == FRAMES && text(request.get(5)).equals("CURVE")
              ? keys.client(request.get(6))
              : Optional.empty();
      if (client.isEmpty()) {
        note(text(request.get(Math.min(3, request.size() - 1))));
      }
      reply(request.size() > 1 ? request.get(1) : new byte[0], client.isPresent());
    }
  }

  private List<byte[]> receive() {
    byte[] frame = handler.recv(ZMQ.DONTWAIT);
    if (frame == null) {
      return null;
    }
    List<byte[]> frames = new ArrayList<>(FRAMES);
    frames.add(frame);
    while (handler.hasReceiveMore()) {
      frames.add(handler.recv(ZMQ.DONTWAIT));
    }
    return frames;
  }

  private void reply(byte[] requestId, boolean known) {
    handler.send(VERSION, ZMQ.SNDMORE | ZMQ.DONTWAIT);
    handler.send(requestId, ZMQ.SNDMORE | ZMQ.DONTWAIT);
    handler.send(known ? "200" : "400", ZMQ.SNDMORE | ZMQ.DONTWAIT);
    handler.send(known ? "OK" : "not listed", ZMQ.SNDMORE | ZMQ.DONTWAIT);
    handler.send("", ZMQ.SNDMORE | ZMQ.DONTWAIT); // no user id: nobody would read it
    handler.send("", ZMQ.DONTWAIT);
  }

  /** One line for each address that is refused, and none while it goes on trying. */
  private void note(String address) {
    if (!address.equals(lastRefused)) {
      lastRefused = address;
      LOG.log(
          Level.WARNING,
          "a client at "
              + Printable.escape(address)
              + " was not let in: its key is not listed under clients in the file of --curve");
    }
  }

  private static String text(byte[] frame) {
    return new String(frame, StandardCharsets.UTF_8);
  }
}
