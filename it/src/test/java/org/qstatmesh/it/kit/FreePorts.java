package org.qstatmesh.it.kit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports that the kernel gives to nobody by itself: below Linux's ephemeral ones (32768 to 60999,
 * {@code ip_local_port_range}), so that no connection going out takes one whose server is stopped
 * for a while. Each JVM has a part of them, also beside other builds: it listens at the first port
 * of its part for as long as it lives.
 */
final class FreePorts {
  private static final int LOWEST = 20_000;
  private static final int PORTS_OF_A_PART = 750;
  private static final int PARTS = 16;

  /** Says that the part is taken. */
  private final ServerSocket claim;

  private final AtomicInteger given = new AtomicInteger();

  private FreePorts(ServerSocket claim) {
    this.claim = claim;
  }

  /** Those of a part that no other JVM has. */
  static FreePorts claim() {
    for (int part = 0; part < PARTS; part++) {
      try {
        return new FreePorts(listen(LOWEST + part * PORTS_OF_A_PART));
      } catch (IOException e) {
        // Another has it.
      }
    }
    throw new IllegalStateException(PARTS + " others have all ports from " + LOWEST + " on");
  }

  /** The next one that nobody listens at; none is given twice before all were. */
  int next() throws IOException {
    for (int tries = 1; tries < PORTS_OF_A_PART; tries++) {
      int turn = Math.floorMod(given.getAndIncrement(), PORTS_OF_A_PART - 1);
      int port = claim.getLocalPort() + 1 + turn;
      if (isFree(port)) {
        return port;
      }
    }
    throw new IOException("no port is free from " + claim.getLocalPort() + " on");
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = listen(port)) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  private static ServerSocket listen(int port) throws IOException {
    return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
  }
}
