package org.qstatmesh.broadcast.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GridBridgeTest {

  @Test
  void registrantGetsTheNewestFrameAtOnceAndEveryLaterOne() throws Exception {
    try (Served served = new Served(Served.nobody())) {
      served.push("hpc1", "old");
      served.push("hpc1", "new");
      Browser browser = served.browser().register("grid.cluster.hpc1");
      JsonObject first = browser.row("grid.cluster.hpc1");
      assertEquals("new", first.getString("text"));
      long age = System.currentTimeMillis() - first.getLong("serverTimeEpochMillis");
      assertTrue(age >= 0 && age < 5_000, "age " + age);
      served.push("hpc1", "newer");
      assertEquals("newer", browser.row("grid.cluster.hpc1").getString("text"));
    }
  }

  @Test
  void oneEncodingServesTwentyBrowsers() throws Exception {
    try (Served served = new Served(Served.nobody())) {
      List<Browser> browsers = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        Browser browser = served.browser().register("grid.cluster.hpc1");
        browser.settle();
        browsers.add(browser);
      }
      for (int update = 0; update < 50; update++) {
        served.push("hpc1", "update " + update);
      }
      for (Browser browser : browsers) {
        browser.row("grid.cluster.hpc1", body -> "update 49".equals(body.getString("text")));
      }
      assertEquals(50, served.counter("encodes"));
      assertEquals(
          20 * 50 - served.drops(GridTraffic.Drop.SUPERSEDED), served.counter("deliveries"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "grid.cluster.unknown",
        "grid.cluster.",
        "grid.cluster.hpc1.x",
        "grid.cluster.*",
        ".*",
        "mesh.snapshot.taken",
        "grid.history.query",
        "__vertx.reply.1",
        ""
      })
  void registrationElsewhereIsRefused(String address) throws Exception {
    try (Served served = new Served(Served.nobody())) {
      Browser browser = served.browser().register(address);
      JsonObject refusal = browser.next();
      assertEquals("err", refusal.getString("type"));
      assertEquals("access_denied", refusal.getString("body"));
      assertEquals(0, served.gauge("registrations"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"type\":\"publish\",\"address\":\"grid.cluster.hpc1\",\"body\":{}} | access_denied",
        "{\"type\":\"publish\",\"address\":\"grid.history.query\",\"body\":{}} | access_denied",
        "{\"type\":\"send\",\"address\":\"grid.cluster.hpc1\",\"body\":{}} | access_denied",
        "{\"type\":\"send\",\"address\":\"__vertx.reply.1\",\"body\":{}} | access_denied",
        "{\"type\":\"send\",\"address\":\"mesh.poll.failed\",\"body\":{}} | access_denied",
        "{\"type\":\"send\",\"address\":\"grid.history.query\",\"body\":{}} | missing_replyAddress",
        "{\"type\":\"register\"} | missing_address",
        "{\"type\":\"register\",\"address\":7} | invalid_address",
        "{\"type\":\"nonsense\",\"address\":\"x\"} | invalid_type",
        "{\"type\":null,\"address\":\"x\"} | missing_type",
        "{\"type\":{},\"address\":\"x\"} | invalid_type",
        "{} | missing_type",
        "[] | invalid_json",
        "null | invalid_json",
        "1 | invalid_json",
        "{\"type\":\"ping\" | invalid_json"
      })
  void badFramesAreAnsweredAndTheSocketLives(String sent, String word) throws Exception {
    try (Served served = new Served(Served.nobody())) {
      Browser browser = served.browser().register("grid.cluster.hpc1").send(sent);
      JsonObject refusal = browser.next();
      assertEquals("err", refusal.getString("type"), refusal.encode());
      assertEquals(word, refusal.getString("body"));
      assertEquals(word, browser.sendBinary(sent).next().getString("body"));
      browser.settle();
      served.push("hpc1", "from the server");
      assertEquals("from the server", browser.row("grid.cluster.hpc1").getString("text"));
    }
  }

  @Test
  void deepAndLongFramesDoNoHarm() throws Exception {
    try (Served served = new Served(Served.nobody())) {
      Browser browser = served.browser().register("grid.cluster.hpc1");
      browser.send("[".repeat(8_000));
      assertEquals("invalid_json", browser.next().getString("body"));
      browser.register("x".repeat(1_000));
      assertEquals("max_address_length_reached", browser.next().getString("body"));
      browser.settle();

      Browser other = served.browser();
      other.sendBinary(" ".repeat(40_000));
      other.closedWith();
      browser.settle();
      Eventually.holds(
          "the sender of an overlong message is gone", () -> served.gauge("sockets") == 1);
    }
  }

  @Test
  void whatBrowsersSendReachesNobodyElse() throws Exception {
    try (Served served = new Served(Served.nobody())) {
      List<Object> heard = new ArrayList<>();
      served.vertx.eventBus().consumer("grid.cluster.hpc1", message -> heard.add(message.body()));
      served.vertx.eventBus().consumer("mesh.poll.failed", message -> heard.add(message.body()));
      Browser browser = served.browser().register("grid.cluster.hpc1");
      Browser attacker = served.browser().register("grid.cluster.hpc1");
      for (String address : List.of("grid.cluster.hpc1", "mesh.poll.failed", "__vertx.reply.1")) {
        attacker.send(json("publish", address));
        attacker.send(json("send", address));
        attacker.send(json("send", address).put("replyAddress", "grid.cluster.hpc1"));
      }
      attacker.settle();
      browser.settle();
      assertEquals(0, browser.framesWaiting());
      assertTrue(heard.isEmpty());
    }
  }

  private static JsonObject json(String type, String address) {
    return new JsonObject().put("type", type).put("address", address).put("body", new JsonObject());
  }

  @Test
  void registeringTwiceIsRefusedAndRegisteringAgainWorks() throws Exception {
    try (Served served = new Served(Served.nobody())) {
      Browser browser = served.browser();
      browser.register("grid.cluster.hpc1").register("grid.cluster.hpc1");
      assertEquals("address_already_registered", browser.next().getString("body"));
      for (int i = 0; i < 200; i++) {
        browser.unregister("grid.cluster.hpc1").register("grid.cluster.hpc1");
      }
      browser.settle();
      assertEquals(1, served.gauge("registrations"));
      browser.unregister("grid.cluster.hpc1").settle();
      assertEquals(0, served.gauge("registrations"));
      served.push("hpc1", "to nobody");
      browser.settle();
      assertEquals(0, browser.framesWaiting());
    }
  }

  @Test
  void aThousandRegistrationsLeaveNothing() throws Exception {
    try (Served served = new Served(Served.nobody())) {
      for (int socket = 0; socket < 10; socket++) {
        Browser browser = served.browser();
        for (int i = 0; i < 50; i++) {
          browser.register("grid.clusters").register("grid.cluster.hpc1");
          browser.unregister("grid.clusters").unregister("grid.cluster.hpc1");
        }
        browser.register("grid.clusters").register("grid.cluster.hpc2").settle();
        assertEquals(2, served.gauge("registrations"));
        browser.close();
        Eventually.holds(
            "registrations end with the socket", () -> served.gauge("registrations") == 0);
      }
      Eventually.holds("sockets are counted out", () -> served.gauge("sockets") == 0);
    }
  }

  @Test
  void aClusterThatIsNotOfferedAnyMoreIsSilentAndRefused() throws Exception {
    try (Served served = new Served(Served.nobody())) {
      Browser browser =
          served.browser().register("grid.cluster.hpc1").register("grid.cluster.hpc2");
      browser.settle();
      served.server.offer(Set.of("hpc2", "hpc3"));
      served.push("hpc1", "too late");
      served.push("hpc2", "still there");
      assertEquals("still there", browser.next().getJsonObject("body").getString("text"));
      assertEquals(1, served.gauge("registrations"));
      assertEquals("access_denied", browser.register("grid.cluster.hpc1").next().getString("body"));
      served.push("hpc3", "new");
      browser.register("grid.cluster.hpc3");
      assertEquals("new", browser.row("grid.cluster.hpc3").getString("text"));
    }
  }

  @Test
  void aBrowserThatDoesNotPingIsClosed() throws Exception {
    BrowserLimits limits =
        Served.patience(Duration.ofMillis(600), Duration.ofSeconds(10), Duration.ofSeconds(20));
    try (Served served = new Served(Served.nobody(), limits, List.of())) {
      Browser silent = served.browser();
      Browser lively = served.browser();
      Eventually.holds(
          "the silent one is closed",
          () -> {
            lively.send("{\"type\":\"ping\"}");
            return !silent.isOpen();
          });
      assertEquals(1008, silent.closedWith());
      assertEquals(1, served.drops(GridTraffic.Drop.SILENT));
      lively.settle();
    }
  }

  @Test
  void aBrowserThatFloodsIsClosed() throws Exception {
    try (Served served = new Served(Served.nobody())) {
      Browser flood = served.browser();
      Browser other = served.browser();
      for (int i = 0; i < BrowserLimits.DEFAULT.frameBurst() + 500 && flood.isOpen(); i++) {
        flood.send("{\"type\":\"ping\"}");
      }
      assertEquals(1008, flood.closedWith());
      assertTrue(served.drops(GridTraffic.Drop.FLOOD) >= 1);
      other.settle();
      assertFalse(flood.isOpen());
    }
  }
}
