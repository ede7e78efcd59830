package org.qstatmesh.tunnel;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.qstatmesh.bus.ClusterConfig;
import org.qstatmesh.bus.ProbeAddress;
import org.qstatmesh.bus.SshConfig;

/** Files and configurations that the tests share. */
final class Fixture {
  static final Path PASSPHRASE = key("passphrase");

  private Fixture() {}

  static Path key(String name) {
    try {
      return Path.of(Fixture.class.getResource("/keys/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static Path publicKey(String name) {
    return key(name + ".pub");
  }

  static Path write(Path file, String text) {
    try {
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static SshConfig ssh(int port, Path knownHosts) {
    return ssh(port, knownHosts, "ed25519", null);
  }

  static SshConfig ssh(int port, Path knownHosts, String identity, SshConfig jump) {
    Path passphrase = identity.endsWith("-encrypted") ? PASSPHRASE : null;
    return new SshConfig("127.0.0.1", port, "qstat", key(identity), passphrase, knownHosts, jump);
  }

  static ClusterConfig cluster(String id, int probePort, SshConfig ssh) {
    return new ClusterConfig(
        id,
        id,
        0,
        new ProbeAddress("127.0.0.1", probePort),
        Duration.ofSeconds(30),
        Duration.ofSeconds(10),
        1 << 20,
        ssh);
  }

  /** A port of 127.0.0.1 where nobody listens now. */
  static int closedPort() {
    try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return gone.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Socket connect(ProbeAddress endpoint) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), endpoint.port());
    socket.setSoTimeout(10_000);
    return socket;
  }

  /** Waits until nobody listens there: an accept under way holds a closed port a moment longer. */
  static void awaitRefusal(ProbeAddress endpoint) {
    Eventually.eventually(
        Duration.ofSeconds(5), () -> endpoint + " is closed", () -> refuses(endpoint));
  }

  private static boolean refuses(ProbeAddress endpoint) {
    try {
      connect(endpoint).close();
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  /** Sends, ends its side, reads until the end; what came back. */
  static byte[] roundTrip(ProbeAddress endpoint, byte[] bytes) throws IOException {
    try (Socket socket = connect(endpoint)) {
      Thread writer =
          new Thread(
              () -> {
                try {
                  socket.getOutputStream().write(bytes);
                  socket.shutdownOutput();
                } catch (IOException e) {
                  // the reader sees the end
                }
              });
      writer.start();
      InputStream in = socket.getInputStream();
      return in.readAllBytes();
    }
  }
}
