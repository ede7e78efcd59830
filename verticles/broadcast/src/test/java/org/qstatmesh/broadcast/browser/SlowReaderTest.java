package org.qstatmesh.broadcast.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SlowReaderTest {
  private static final String PING = "{\"type\":\"ping\"}";
  private static final String UPDATE = "x".repeat(20_000);
  private static final BrowserLimits IMPATIENT =
      Served.patience(Duration.ofSeconds(30), Duration.ofSeconds(1), Duration.ofSeconds(5));

  @Test
  void whoDoesNotReadGetsTheNewestOnlyThenIsClosedAndCut() throws Exception {
    try (Served served = new Served(Served.nobody(), IMPATIENT, List.of());
        SilentReader stalled = new SilentReader(served.port())) {
      stalled.send("{\"type\":\"register\",\"address\":\"grid.cluster.hpc1\"}");
      Browser reader = served.browser().register("grid.cluster.hpc1");
      reader.settle();
      Eventually.holds("both are registered", () -> served.gauge("registrations") == 2);

      int updates = 400;
      for (int i = 0; i < updates; i++) {
        served.push("hpc1", UPDATE);
        int revision = i + 1;
        reader.row("grid.cluster.hpc1", body -> body.getInteger("revision") == revision);
      }
      double superseded = served.drops(GridTraffic.Drop.SUPERSEDED);
      double taken = served.counter("sent") - reader(updates);
      assertTrue(superseded > 50, "superseded " + superseded);
      // Two kernels' buffers, what Netty holds, and one frame.
      assertTrue(taken < 2_000_000, "bytes handed to the stalled socket: " + taken);

      Eventually.holds(
          "the stalled one is closed",
          () -> {
            reader.send(PING);
            return served.drops(GridTraffic.Drop.STALLED) == 1;
          });
      assertEquals(1, served.gauge("sockets"));
      assertEquals(1, served.gauge("registrations"));
      Eventually.holds(
          "the stalled one is cut",
          () -> {
            reader.send(PING);
            return stalled.isCut();
          });
      served.push("hpc1", "and on");
      assertEquals("and on", reader.row("grid.cluster.hpc1").getString("text"));
    }
  }

  @Test
  void whoDoesNotReadIsCutWhenTheServerStops() throws Exception {
    try (Served served = new Served(Served.nobody());
        SilentReader stalled = new SilentReader(served.port())) {
      stalled.send("{\"type\":\"register\",\"address\":\"grid.cluster.hpc1\"}");
      Eventually.holds("registered", () -> served.gauge("registrations") == 1);
      fill(served);
      Served.await(served.server.stop());
      Eventually.holds("cut", stalled::isCut);
    }
  }

  /** Pushes until the kernels' buffers are full and frames take each other's place. */
  private static void fill(Served served) {
    Eventually.holds(
        "full",
        () -> {
          for (int i = 0; i < 20; i++) {
            served.push("hpc1", UPDATE);
          }
          return served.drops(GridTraffic.Drop.SUPERSEDED) > 10;
        });
  }

  private static double reader(int updates) {
    return (double) updates * UPDATE.length();
  }

  @Test
  void whoAsksAndDoesNotReadIsServedNoMore() throws Exception {
    byte[] answer = ("\"" + "a".repeat(1_000_000) + "\"").getBytes(StandardCharsets.UTF_8);
    try (Served served =
            new Served(question -> Future.succeededFuture(answer), IMPATIENT, List.of());
        SilentReader stalled = new SilentReader(served.port())) {
      for (int i = 0; i < 50; i++) {
        stalled.send(
            "{\"type\":\"send\",\"address\":\"grid.nodes.query\",\"replyAddress\":\"r"
                + i
                + "\",\"body\":{\"cluster\":\"hpc1\"}}");
      }
      Eventually.holds("closed", () -> served.drops(GridTraffic.Drop.STALLED) == 1);
      double answered =
          served.meters.get("qstatmesh.broadcast.queries").tag("result", "ok").counter().count();
      // Four wait at a time; the kernels' buffers may have taken a few more.
      assertTrue(answered <= 10, "answered " + answered);
    }
  }

  @Test
  void pongsAndRefusalsNobodyReadsAreBoundedToo() throws Exception {
    try (Served served = new Served(Served.nobody(), IMPATIENT, List.of());
        SilentReader stalled = new SilentReader(served.port())) {
      stalled.send("{\"type\":\"register\",\"address\":\"grid.cluster.hpc1\"}");
      fill(served);
      for (int i = 0; i < 300; i++) {
        stalled.send("no json");
      }
      Eventually.holds("closed", () -> served.drops(GridTraffic.Drop.FLOOD) == 1);
      assertEquals(0, served.gauge("sockets"));
    }
  }

  @Test
  void websocketPingsNobodyReadsTheAnswersOfStopTheReading() throws Exception {
    BrowserLimits limits =
        Served.patience(Duration.ofSeconds(4), Duration.ofSeconds(2), Duration.ofSeconds(3));
    try (Served served = new Served(Served.nobody(), limits, List.of());
        SilentReader stalled = new SilentReader(served.port())) {
      stalled.send(PING);
      Thread flood =
          new Thread(
              () -> {
                try {
                  while (true) {
                    stalled.sendPing();
                  }
                } catch (IOException e) {
                  // The server has cut it, which is what this test waits for.
                }
              });
      flood.start();
      flood.join(Duration.ofSeconds(30).toMillis());
      assertFalse(flood.isAlive(), "still taken in");
      Eventually.holds("gone", () -> served.gauge("sockets") == 0);
    }
  }

  @Test
  void whoSaysGoodbyeAndDoesNotReadTheAnswerIsForgottenAndOthersAreStillWatched() throws Exception {
    BrowserLimits limits =
        Served.patience(Duration.ofSeconds(3), Duration.ofSeconds(30), Duration.ofSeconds(30));
    try (Served served = new Served(Served.nobody(), limits, List.of());
        SilentReader leaving = new SilentReader(served.port())) {
      leaving.send("{\"type\":\"register\",\"address\":\"grid.cluster.hpc1\"}");
      fill(served);
      leaving.sendClose();
      Eventually.holds("forgotten", () -> served.gauge("sockets") == 0);
      assertEquals(0, served.drops(GridTraffic.Drop.SILENT));
      assertEquals(1008, served.browser().closedWith());
    }
  }

  @Test
  void stoppingDoesNotWaitForWhoDoesNotRead() throws Exception {
    try (Served served = new Served(Served.nobody());
        SilentReader stalled = new SilentReader(served.port())) {
      stalled.send("{\"type\":\"register\",\"address\":\"grid.cluster.hpc1\"}");
      fill(served);
      long start = System.nanoTime();
      Served.await(served.server.stop());
      long tookMillis = (System.nanoTime() - start) / 1_000_000;
      assertTrue(tookMillis < 5_000, "took " + tookMillis + " ms");
    }
  }

  @Test
  void stoppingIsQuickWhileBrowsersRead() throws Exception {
    try (Served served = new Served(Served.nobody())) {
      Browser first = served.browser().register("grid.cluster.hpc1");
      Browser second = served.browser();
      first.settle();
      second.settle();
      long start = System.nanoTime();
      Served.await(served.server.stop());
      long tookMillis = (System.nanoTime() - start) / 1_000_000;
      assertTrue(tookMillis < 2_000, "took " + tookMillis + " ms");
      first.closedWith();
      second.closedWith();
    }
  }
}
