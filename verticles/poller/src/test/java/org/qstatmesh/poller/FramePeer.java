package org.qstatmesh.poller;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.qstatmesh.bus.ProbeAddress;
import org.qstatmesh.wire.ProbeRequest;
import org.qstatmesh.wire.Snapshot;
import org.qstatmesh.wire.WireCodec;
import org.qstatmesh.wire.WireException;
import org.qstatmesh.wire.WireLimits;

/** A probe over a stream of frames, or what stands in its place. */
final class FramePeer implements AutoCloseable {
  /** What comes of a request; hangs up by throwing. */
  interface Behaviour {
    void answer(ProbeRequest request, DataOutputStream out) throws IOException;
  }

  private final ServerSocket server;
  private final List<Socket> accepted = new CopyOnWriteArrayList<>();
  private final AtomicInteger ended = new AtomicInteger();
  private volatile Behaviour behaviour;

  private FramePeer(Behaviour behaviour) throws IOException {
    this.behaviour = behaviour;
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start("frame-peer-accept", this::accept);
  }

  static FramePeer doing(Behaviour behaviour) throws IOException {
    return new FramePeer(behaviour);
  }

  static FramePeer of(Snapshot snapshot) throws IOException {
    return doing((request, out) -> sendSnapshot(request, snapshot, out));
  }

  /** From the next request on it does something else. */
  void does(Behaviour next) {
    behaviour = next;
  }

  static void sendSnapshot(ProbeRequest request, Snapshot snapshot, DataOutputStream out)
      throws IOException {
    send(FakeProbe.snapshot(request, snapshot).get(0), out);
  }

  static void send(byte[] json, DataOutputStream out) throws IOException {
    out.write(frame(json));
  }

  static byte[] frame(byte[] json) {
    return ByteBuffer.allocate(Integer.BYTES + json.length).putInt(json.length).put(json).array();
  }

  ProbeAddress address() {
    return new ProbeAddress("127.0.0.1", server.getLocalPort());
  }

  int connections() {
    return accepted.size();
  }

  /** Connections that the other side has hung up. */
  int ended() {
    return ended.get();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        socket.setTcpNoDelay(true);
        accepted.add(socket);
        start("frame-peer", () -> meet(socket));
      } catch (IOException e) {
        // Closed: the test is over.
      }
    }
  }

  private void meet(Socket socket) {
    try (socket) {
      DataInputStream in = new DataInputStream(socket.getInputStream());
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      while (true) {
        byte[] json = new byte[in.readInt()];
        in.readFully(json);
        behaviour.answer(WireCodec.decodeRequest(json, WireLimits.REQUEST), out);
      }
    } catch (EOFException e) {
      ended.incrementAndGet();
    } catch (IOException e) {
      // One of the two hung up.
    } catch (WireException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void start(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Socket socket : accepted) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
