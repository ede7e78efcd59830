package org.qstatmesh.tunnel;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens on a port of 127.0.0.1 that the kernel chose and hands every accepted socket on. Its
 * thread does nothing that can fail for one connection and so end the others.
 */
final class LoopbackListener implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LoopbackListener.class);
  private static final int BACKLOG = 50;
  private static final int ACCEPT_PAUSE_MILLIS = 200;
  private static final byte[] LOOPBACK = {127, 0, 0, 1};

  private final ServerSocket server;
  private final Consumer<Socket> onAccept;
  private final CountDownLatch closed = new CountDownLatch(1);

  /**
   * @param name of what is reached through it, for the thread's name
   * @param onAccept takes over the socket; must not block
   * @param onDeath told if the accept loop ends though nobody closed it
   */
  LoopbackListener(String name, Consumer<Socket> onAccept, Consumer<Throwable> onDeath)
      throws IOException {
    this.onAccept = onAccept;
    this.server = new ServerSocket(0, BACKLOG, InetAddress.getByAddress(LOOPBACK));
    Thread thread =
        new Thread(
            () -> {
              try {
                acceptUntilClosed();
              } catch (RuntimeException | Error e) {
                SshSocket.closeQuietly(server);
                onDeath.accept(e);
              }
            },
            "tunnel-accept-" + name);
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return server.getLocalPort();
  }

  private void acceptUntilClosed() {
    while (!server.isClosed()) {
      try {
        onAccept.accept(server.accept());
      } catch (IOException e) {
        if (!server.isClosed()) {
          // Out of file descriptors, say: that may pass, and a loop without a pause would not help.
          LOG.warn("accepting on port {} failed: {}", port(), e.toString());
          pause();
        }
      }
    }
  }

  private void pause() {
    try {
      if (closed.await(ACCEPT_PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
        LOG.debug("closed during a pause");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    SshSocket.closeQuietly(server);
  }
}
