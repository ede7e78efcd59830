package org.qstatmesh.tunnel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.qstatmesh.bus.ProbeAddress;

@Timeout(20)
class LoopbackListenerTest {
  private final BlockingQueue<Socket> accepted = new LinkedBlockingQueue<>();
  private final BlockingQueue<Throwable> deaths = new LinkedBlockingQueue<>();

  private static ProbeAddress endpoint(LoopbackListener listener) {
    return new ProbeAddress("127.0.0.1", listener.port());
  }

  @Test
  void handsOnWhatItAcceptsUntilClosed() throws Exception {
    LoopbackListener listener = new LoopbackListener("x", accepted::add, deaths::add);
    try (Socket client = Fixture.connect(endpoint(listener));
        Socket server = accepted.poll(5, TimeUnit.SECONDS)) {
      assertTrue(server.getInetAddress().isLoopbackAddress());
      assertEquals(client.getLocalPort(), server.getPort());
    }
    listener.close();
    Fixture.awaitRefusal(endpoint(listener));
    assertEquals(0, deaths.size());
  }

  @Test
  void deathOfItsThreadIsToldAndFreesThePort() throws Exception {
    IllegalStateException bug = new IllegalStateException("a bug");
    LoopbackListener listener =
        new LoopbackListener(
            "x",
            socket -> {
              SshSocket.closeQuietly(socket);
              throw bug;
            },
            deaths::add);
    Fixture.connect(endpoint(listener)).close();
    assertEquals(bug, deaths.poll(5, TimeUnit.SECONDS));
    Fixture.awaitRefusal(endpoint(listener));
  }
}
