package org.qstatmesh.poller;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.qstatmesh.bus.ProbeAddress;

/**
 * A TCP server that speaks just enough ZMTP 3.0 (RFC 23) to be believed by a DEALER, and then says
 * to each request whatever bytes a test wants: what no ZeroMQ library would send.
 */
final class RawPeer implements AutoCloseable {
  /** What happens on a connection. */
  interface Behaviour {
    void meet(InputStream in, OutputStream out) throws IOException;
  }

  private static final int MORE = 1;
  private static final int LONG = 2;
  private static final int COMMAND = 4;

  private final ServerSocket server;
  private final List<Socket> accepted = new CopyOnWriteArrayList<>();

  private RawPeer(Behaviour behaviour) throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start("raw-peer-accept", () -> accept(behaviour));
  }

  /** Accepts and says nothing at all, as a stopped process does. */
  static RawPeer silent() throws IOException {
    return new RawPeer((in, out) -> {});
  }

  /** Shakes hands, waits for a request, then sends these bytes and no more. */
  static RawPeer replying(byte[] bytes) throws IOException {
    return new RawPeer(
        (in, out) -> {
          awaitRequest(in, out);
          out.write(bytes);
        });
  }

  /** Shakes hands, waits for a request, then sends these bytes again and again. */
  static RawPeer flooding(byte[] first, byte[] again) throws IOException {
    return new RawPeer(
        (in, out) -> {
          awaitRequest(in, out);
          out.write(first);
          while (true) {
            out.write(again);
          }
        });
  }

  static byte[] frame(boolean more, byte[] body) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(frameHead(more, body.length));
    out.writeBytes(body);
    return out.toByteArray();
  }

  /** The 9 bytes that declare a frame of that length. */
  static byte[] frameHead(boolean more, long length) {
    byte[] head = new byte[9];
    head[0] = (byte) (LONG | (more ? MORE : 0));
    for (int i = 0; i < 8; i++) {
      head[1 + i] = (byte) (length >>> (56 - 8 * i));
    }
    return head;
  }

  static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  ProbeAddress address() {
    return new ProbeAddress("127.0.0.1", server.getLocalPort());
  }

  int connections() {
    return accepted.size();
  }

  private void accept(Behaviour behaviour) {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        accepted.add(socket);
        start("raw-peer", () -> meet(behaviour, socket));
      } catch (IOException e) {
        // Closed: the test is over.
      }
    }
  }

  private static void meet(Behaviour behaviour, Socket socket) {
    try {
      behaviour.meet(socket.getInputStream(), socket.getOutputStream());
    } catch (IOException e) {
      // The poller hung up on us, which is what it should do.
    }
  }

  private static void awaitRequest(InputStream in, OutputStream out) throws IOException {
    byte[] greeting = new byte[64];
    greeting[0] = (byte) 0xff;
    greeting[9] = 0x7f;
    greeting[10] = 3;
    System.arraycopy(Bytes.utf8("NULL"), 0, greeting, 12, 4);
    out.write(greeting);
    byte[] ready =
        concat(
            new byte[] {5},
            Bytes.utf8("READY"),
            new byte[] {11},
            Bytes.utf8("Socket-Type"),
            new byte[] {0, 0, 0, 6},
            Bytes.utf8("ROUTER"));
    out.write(new byte[] {COMMAND, (byte) ready.length});
    out.write(ready);
    StringBuilder heard = new StringBuilder();
    byte[] buffer = new byte[4_096];
    while (heard.indexOf("qstat-mesh/1") < 0) {
      int read = in.read(buffer);
      if (read < 0) {
        throw new IOException("hung up");
      }
      heard.append(new String(buffer, 0, read, StandardCharsets.ISO_8859_1));
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
