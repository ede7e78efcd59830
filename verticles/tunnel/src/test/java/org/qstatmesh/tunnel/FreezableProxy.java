package org.qstatmesh.tunnel;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A link that can go dead without closing: what goes in then is swallowed. */
final class FreezableProxy implements AutoCloseable {
  private final int target;
  private final ServerSocket server;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private volatile boolean frozen;

  FreezableProxy(int target) {
    this.target = target;
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    new Thread(this::serve, "proxy").start();
  }

  int port() {
    return server.getLocalPort();
  }

  void freeze(boolean dead) {
    frozen = dead;
  }

  private void serve() {
    while (!server.isClosed()) {
      try {
        Socket near = server.accept();
        Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
        sockets.add(near);
        sockets.add(far);
        new Thread(() -> copy(near, far), "proxy-out").start();
        new Thread(() -> copy(far, near), "proxy-in").start();
      } catch (IOException e) {
        // closed, or the target refuses
      }
    }
  }

  private void copy(Socket from, Socket to) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[8_192];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        if (!frozen) {
          out.write(buffer, 0, n);
        }
      }
    } catch (IOException e) {
      // one end went away
    }
  }

  @Override
  public void close() {
    SshSocket.closeQuietly(server);
    sockets.forEach(SshSocket::closeQuietly);
  }
}
