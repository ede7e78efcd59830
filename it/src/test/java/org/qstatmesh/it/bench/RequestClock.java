package org.qstatmesh.it.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A relay before a probe's door that writes down when somebody asks. It has a thread for each
 * direction.
 */
final class RequestClock implements AutoCloseable {
  /** What comes so soon after something else belongs to the same request. */
  private static final double ONE_REQUEST_MILLIS = 50;

  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final List<Double> requests = new CopyOnWriteArrayList<>();
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final int probePort;

  RequestClock(int probePort) throws IOException {
    this.probePort = probePort;
    daemon(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  /** When requests began to come from the mesh: epoch milliseconds, in order. */
  List<Double> requests() {
    return List.copyOf(requests);
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "request-clock");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket mesh = server.accept();
        Socket probe = new Socket(InetAddress.getLoopbackAddress(), probePort);
        mesh.setTcpNoDelay(true);
        probe.setTcpNoDelay(true);
        sockets.addAll(List.of(mesh, probe));
        daemon(() -> carry(mesh, probe, true));
        daemon(() -> carry(probe, mesh, false));
      } catch (IOException e) {
        // Closed; or one connection less.
      }
    }
  }

  private void carry(Socket from, Socket to, boolean noted) {
    byte[] buffer = new byte[1 << 16];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      double newest = 0;
      for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
        double now = EpochTime.nowMillis();
        if (noted && now - newest > ONE_REQUEST_MILLIS) {
          requests.add(now);
        }
        newest = now;
        out.write(buffer, 0, length);
      }
    } catch (IOException e) {
      // One side went away.
    } finally {
      sockets.remove(from);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
