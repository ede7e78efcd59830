package org.qstatmesh.it.bench;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A TCP server that answers a request of eight bytes with as many bytes as it asks for, and its
 * client. Whoever speaks another language is hung up on. Each connection has a thread.
 */
final class SizedReplies implements AutoCloseable {
  private static final int MAGIC = 0x71_73_74_61;
  private static final int MOST_BYTES = 1 << 20;
  private static final byte FILLING = 'x';

  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

  SizedReplies() throws IOException {
    daemon("replies", this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  private static void daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        sockets.add(socket);
        daemon("reply", () -> answer(socket));
      } catch (IOException e) {
        // Closed; or one connection less.
      }
    }
  }

  private void answer(Socket socket) {
    byte[] filling = new byte[MOST_BYTES];
    Arrays.fill(filling, FILLING);
    try (socket) {
      socket.setTcpNoDelay(true);
      DataInputStream in = new DataInputStream(socket.getInputStream());
      while (in.readInt() == MAGIC) {
        socket.getOutputStream().write(filling, 0, Math.min(in.readInt(), MOST_BYTES));
      }
    } catch (IOException e) {
      // The client is gone.
    } finally {
      sockets.remove(socket);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  /** One connection to such a server, whatever is between. One thread. */
  static final class Client implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 2000;

    private final Socket socket = new Socket();

    Client(int port) throws IOException {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
    }

    /** Asks for so many bytes, reads them all, and returns how long that took. */
    double askMicros(int bytes) throws IOException {
      byte[] request = ByteBuffer.allocate(8).putInt(MAGIC).putInt(bytes).array();
      long began = System.nanoTime();
      socket.getOutputStream().write(request);
      InputStream in = socket.getInputStream();
      byte[] reply = in.readNBytes(bytes);
      long nanos = System.nanoTime() - began;
      if (reply.length != bytes || reply[bytes - 1] != FILLING) {
        throw new IOException("not the reply that was asked for");
      }
      return nanos / 1e3;
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
