package org.qstatmesh.poller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.qstatmesh.wire.ProbeRequest;
import org.qstatmesh.wire.WireCodec;

@Timeout(60)
class ProbeSocketsTest {
  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private final ProbeSockets sockets = ProbeSockets.start(new Ears());

  @AfterEach
  void stop() throws Exception {
    sockets.stop().toCompletableFuture().get(5, TimeUnit.SECONDS);
  }

  @Test
  void aContextWhoseIoThreadDiedIsReplaced() throws Exception {
    try (FakeProbe probe = FakeProbe.of(Snapshots.small("s-1"))) {
      ask(1, probe);
      assertEquals("replied 1", hear());
      Thread ioThread =
          Thread.getAllStackTraces().keySet().stream()
              .filter(thread -> thread.getName().startsWith("poller-zmq-1-iothread"))
              .findFirst()
              .orElseThrow();
      // What the JVM does when an error ends the thread.
      ioThread
          .getUncaughtExceptionHandler()
          .uncaughtException(ioThread, new OutOfMemoryError("planted"));
      assertTrue(hear().startsWith("lost 1 ZeroMQ's I/O thread died: "));
      ask(2, probe);
      assertEquals("replied 2", hear());
      assertNotEquals(List.of(), Threads.named("poller-zmq-2-iothread"));
    }
  }

  @Test
  void aContextHoldsTwentyFive() throws Exception {
    try (FakeProbe probe = FakeProbe.of(Snapshots.small("s-1"))) {
      for (int link = 1; link <= SocketGroup.MAX_SOCKETS + 1; link++) {
        ask(link, probe);
      }
      for (int link = 1; link <= SocketGroup.MAX_SOCKETS + 1; link++) {
        assertTrue(hear().startsWith("replied"));
      }
      assertEquals(1, Threads.named("poller-zmq-1-iothread").size());
      assertEquals(1, Threads.named("poller-zmq-2-iothread").size());
      assertEquals(0, Threads.named("poller-zmq-3-iothread").size());
    }
  }

  @Test
  void aThousandLinksLeaveNoThreadsBehind() throws Exception {
    try (FakeProbe probe = FakeProbe.of(Snapshots.small("s-1"))) {
      for (int link = 1; link <= 1_000; link++) {
        sockets.open(link, probe.address().toString(), 1 << 20, Mechanism.NULL);
        sockets.close(link);
      }
      ask(1_001, probe);
      assertEquals("replied 1001", hear());
      assertEquals(1, Threads.named("poller-zmq-1-iothread").size());
      assertEquals(0, Threads.named("poller-zmq-2-iothread").size());
    }
  }

  /**
   * Of so many fresh connects JeroMQ loses a few; their requests must arrive all the same, and none
   * may leave a file open.
   */
  @Test
  void everyFreshConnectIsAnsweredAndLeavesNoFilesOpen() throws Exception {
    try (FakeProbe probe = FakeProbe.of(Snapshots.small("s-1"))) {
      ask(0, probe);
      assertEquals("replied 0", hear());
      long before = openFiles();
      int links = 0;
      for (int round = 0; round < 8; round++) {
        int first = links + 1;
        for (int i = 0; i < 50; i++) {
          ask(++links, probe);
        }
        for (int i = 0; i < 50; i++) {
          assertTrue(hear().startsWith("replied "));
        }
        for (int link = first; link <= links; link++) {
          sockets.close(link);
        }
      }
      // Closing goes on in ZeroMQ's own threads. A context more than before keeps some open.
      long end = System.nanoTime() + 10_000_000_000L;
      while (openFiles() > before + 60 && System.nanoTime() < end) {
        Thread.onSpinWait();
      }
      assertTrue(openFiles() <= before + 60, before + " files were open, now " + openFiles());
    }
  }

  private static long openFiles() {
    return ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getOpenFileDescriptorCount();
  }

  @Test
  void whenTheOwnerThreadEndsItIsSaidAndEverythingIsClosed() throws Exception {
    ProbeSockets doomed =
        ProbeSockets.start(
            new Ears() {
              @Override
              public void replied(long link, byte[] json) {
                throw new IllegalStateException("planted");
              }
            });
    try (FakeProbe probe = FakeProbe.of(Snapshots.small("s-1"))) {
      doomed.open(1, probe.address().toString(), 1 << 20, Mechanism.NULL);
      doomed.send(1, WireCodec.encodeRequest(ProbeRequest.snapshot("1", null)));
      String end = hear();
      assertTrue(end.startsWith("ended ") && end.contains("planted"), end);
      doomed.stop().toCompletableFuture().get(5, TimeUnit.SECONDS);
    }
  }

  @Test
  void whatZeroMqDoesNotAcceptIsSaid() throws Exception {
    sockets.open(1, "carrier-pigeon://loft", 1, Mechanism.NULL);
    assertTrue(hear().startsWith("lost 1 "));
  }

  @Test
  void itGoesRoundWhenNothingHappens() throws Exception {
    String any = heard.poll(1, TimeUnit.SECONDS);
    assertEquals(null, any);
    assertTrue(sockets.nanosSinceLastTurn() < 5_000_000_000L);
    assertEquals(0, sockets.commandsWaiting());
  }

  private void ask(long link, FakeProbe probe) {
    sockets.open(link, probe.address().toString(), 1 << 20, Mechanism.NULL);
    sockets.send(link, WireCodec.encodeRequest(ProbeRequest.snapshot("1", null)));
  }

  private String hear() throws InterruptedException {
    return String.valueOf(heard.poll(20, TimeUnit.SECONDS));
  }

  private class Ears implements ProbeTransport.Listener {
    @Override
    public void replied(long link, byte[] json) {
      heard.add("replied " + link);
    }

    @Override
    public void refused(long link, String why) {
      heard.add("refused " + link + " " + why);
    }

    @Override
    public void lost(long link, String why) {
      heard.add("lost " + link + " " + why);
    }

    @Override
    public void stray(long link, int messages) {
      heard.add("stray " + link);
    }

    @Override
    public void ended(String why) {
      heard.add("ended " + why);
    }
  }
}
