package org.qstatmesh.broadcast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.SocketAddress;
import java.net.BindException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.qstatmesh.broadcast.browser.Browser;
import org.qstatmesh.broadcast.browser.BrowserLimits;
import org.qstatmesh.broadcast.browser.Eventually;
import org.qstatmesh.bus.Addresses;
import org.qstatmesh.bus.ClustersConfigured;
import org.qstatmesh.bus.ConfState;
import org.qstatmesh.bus.FailureCode;
import org.qstatmesh.bus.LatestAnswer;
import org.qstatmesh.bus.People;
import org.qstatmesh.bus.PeopleConfigured;
import org.qstatmesh.bus.PollerAlive;
import org.qstatmesh.bus.SnapshotTaken;
import org.qstatmesh.bus.StoreState;

/** The whole stage on a real bus; store and poller are the test's. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BroadcastVerticleTest {
  private static final String HPC1 = "grid.cluster.hpc1";
  private static final int GOING_AWAY = 1001;

  private Mesh mesh;

  @BeforeEach
  void start() {
    mesh = new Mesh();
  }

  @AfterEach
  void close() {
    mesh.close();
  }

  private void take(String cluster, String snapshotId, long atEpochMillis) {
    Addresses.SNAPSHOT_TAKEN.publish(
        mesh.vertx, new SnapshotTaken(Samples.summary(cluster, snapshotId, atEpochMillis)));
  }

  @Test
  void aSnapshotBecomesARowInTheBrowser() throws Exception {
    mesh.deploy(Samples.cluster("hpc1", 0));
    Browser browser = mesh.browser().register(HPC1);
    JsonObject unknown = browser.row(HPC1);
    assertEquals("UNKNOWN", unknown.getString("status"));
    assertNull(unknown.getValue("slots"));

    take("hpc1", "s1", System.currentTimeMillis());
    JsonObject row = browser.row(HPC1);
    assertEquals("UP", row.getString("status"));
    assertEquals("Title of hpc1", row.getString("title"));
    assertEquals(77, row.getJsonObject("slots").getInteger("free"));
    assertEquals(
        "alice", row.getJsonObject("usage").getJsonArray("user").getJsonObject(0).getString("key"));
    assertTrue(row.getLong("revision") > unknown.getLong("revision"));
    assertTrue(row.getLong("serverTimeEpochMillis") >= row.getLong("observedAtEpochMillis"));

    Browser late = mesh.browser().register(HPC1);
    assertEquals("s1", late.row(HPC1).getString("snapshotId"));
  }

  @Test
  void whatIsFilledInIsNoNews() throws Exception {
    mesh.deploy(Samples.cluster("hpc1", 0));
    Browser browser = mesh.browser().register(HPC1);
    browser.row(HPC1);
    long now = System.currentTimeMillis();
    Addresses.SNAPSHOT_TAKEN.publish(
        mesh.vertx, new SnapshotTaken(Samples.summary("hpc1", "past", now), true));
    take("hpc1", "s1", now - 1_000);
    assertEquals("s1", browser.row(HPC1).getString("snapshotId"));
  }

  @Test
  void failuresAreShownAndHeal() throws Exception {
    mesh.deploy(Samples.cluster("hpc1", 0));
    long now = System.currentTimeMillis();
    take("hpc1", "s1", now - 100);
    Browser browser = mesh.browser().register(HPC1);
    browser.row(HPC1, row -> "s1".equals(row.getString("snapshotId")));

    Addresses.POLL_FAILED.publish(
        mesh.vertx, Samples.failed("hpc1", FailureCode.PROBE_UNREACHABLE, now - 50, 1, now - 50));
    JsonObject first = browser.row(HPC1);
    assertEquals("UP", first.getString("status"));
    assertEquals("PROBE_UNREACHABLE", first.getJsonObject("failure").getString("code"));
    assertNotNull(first.getJsonObject("failure").getString("hint"));

    Addresses.POLL_FAILED.publish(
        mesh.vertx, Samples.failed("hpc1", FailureCode.PROBE_UNREACHABLE, now - 50, 2, now - 20));
    JsonObject down = browser.row(HPC1);
    assertEquals("DOWN", down.getString("status"));
    assertEquals("s1", down.getString("snapshotId"), "the last picture stays");

    take("hpc1", "s2", System.currentTimeMillis());
    JsonObject up = browser.row(HPC1);
    assertEquals("UP", up.getString("status"));
    assertNull(up.getValue("failure"));
  }

  @Test
  void newsThatChangesNothingIsNotPushed() throws Exception {
    mesh.deploy(Samples.cluster("hpc1", 0));
    long now = System.currentTimeMillis();
    take("hpc1", "s1", now);
    Browser browser = mesh.browser().register(HPC1);
    browser.row(HPC1, row -> "s1".equals(row.getString("snapshotId")));
    double encodes = mesh.meters.get("qstatmesh.broadcast.encodes").counter().count();
    for (int i = 0; i < 10; i++) {
      take("hpc1", "s1", now);
      take("hpc1", "s0", now - 60_000);
      take("other", "s1", now);
    }
    browser.settle();
    assertEquals(0, browser.framesWaiting());
    assertEquals(encodes, mesh.meters.get("qstatmesh.broadcast.encodes").counter().count());
  }

  @Test
  void theOverviewFollowsTheConfigurationAndTheMesh() throws Exception {
    mesh.deploy(Samples.cluster("hpc1", 0), Samples.cluster("hpc2", 1));
    Browser browser = mesh.browser().register("grid.clusters").register(HPC1);
    JsonObject overview = browser.row("grid.clusters");
    assertEquals("Our lab", overview.getString("title"));
    assertEquals(2, overview.getJsonArray("clusters").size());
    assertEquals(
        new JsonObject()
            .put("cluster", "hpc2")
            .put("title", "Title of hpc2")
            .put("status", "UNKNOWN")
            .put("order", 1)
            .putNull("lastOutage"),
        overview.getJsonArray("clusters").getJsonObject(1));

    Addresses.POLLER_ALIVE.publish(mesh.vertx, new PollerAlive("n1", 5, List.of("hpc1")));
    JsonObject said =
        browser
            .row(
                "grid.clusters",
                body -> !body.getJsonObject("mesh").getJsonArray("nodes").isEmpty())
            .getJsonObject("mesh");
    assertEquals("n1", said.getJsonArray("nodes").getJsonObject(0).getString("node"));

    Addresses.CLUSTERS_CONFIGURED.publish(
        mesh.vertx,
        new ClustersConfigured(
            List.of(Samples.cluster("hpc3", 0), Samples.cluster("hpc2", 1, "Renamed"))));
    JsonObject changed =
        browser.row(
            "grid.clusters",
            body ->
                "hpc3".equals(body.getJsonArray("clusters").getJsonObject(0).getString("cluster")));
    assertEquals("Renamed", changed.getJsonArray("clusters").getJsonObject(1).getString("title"));
    browser.unregister(HPC1);
    assertEquals(
        "access_denied",
        browser.next(frame -> "err".equals(frame.getString("type"))).getString("body"));
    browser.register("grid.cluster.hpc3");
    assertEquals("UNKNOWN", browser.row("grid.cluster.hpc3").getString("status"));
  }

  @Test
  void theOverviewSaysWhoIsWho() throws Exception {
    mesh.deploy(Samples.cluster("hpc1", 0));
    Browser browser = mesh.browser().register("grid.clusters");
    assertNull(browser.row("grid.clusters").getValue("people"));
    People people =
        new People(
            List.of(
                new People.Person(
                    "alice", "Alice A.", "chem", Map.of("hpc1", List.of("u1234", "u1235")))),
            List.of(new People.Lab("chem", "Chemistry", Map.of("*", List.of("secret")), Map.of())));
    Addresses.PEOPLE_CONFIGURED.publish(mesh.vertx, new PeopleConfigured(people));
    JsonObject told = browser.row("grid.clusters").getJsonObject("people");
    assertEquals(
        new JsonObject(
            """
            {"persons":[{"id":"alice","title":"Alice A.","lab":"chem","logins":{"hpc1":["u1234","u1235"]}}],
             "labs":[{"id":"chem","title":"Chemistry"}]}
            """),
        told);
    Addresses.PEOPLE_CONFIGURED.publish(mesh.vertx, new PeopleConfigured(People.NONE));
    assertNull(browser.row("grid.clusters").getValue("people"));
  }

  @Test
  void theLastPictureIsAskedOfTheStoreUntilItAnswers() throws Exception {
    mesh.deploy(Samples.cluster("hpc1", 0));
    Browser browser = mesh.browser().register(HPC1).register("grid.clusters");
    Addresses.POLLER_ALIVE.publish(mesh.vertx, new PollerAlive("n1", 5, List.of()));
    browser.row("grid.clusters", body -> "NO_STORE".equals(meshStatus(body)));
    long hourAgo = System.currentTimeMillis() - 3_600_000;
    LatestAnswer stored = new LatestAnswer(List.of(Samples.summary("hpc1", "stored", hourAgo)));
    Mesh.await(
        Addresses.LATEST.serve(mesh.vertx, question -> Future.succeededFuture(stored)).ready());
    JsonObject row = browser.row(HPC1, body -> body.getString("snapshotId") != null);
    assertEquals("stored", row.getString("snapshotId"));
    assertEquals("STALE", row.getString("status"));
    Addresses.POLLER_ALIVE.publish(mesh.vertx, new PollerAlive("n1", 5, List.of()));
    browser.row("grid.clusters", body -> "UP".equals(meshStatus(body)));
  }

  @Test
  void aHistoryThatIsPausedIsSaidUntilItIsOver() throws Exception {
    mesh.deploy(Samples.cluster("hpc1", 0));
    Browser browser = mesh.browser().register("grid.clusters");
    JsonObject before = history(browser.row("grid.clusters"));
    assertTrue(before.getBoolean("writing"));
    assertNull(before.getValue("reason"));

    Addresses.STORE_STATE.publish(
        mesh.vertx,
        new StoreState("n1", false, "the disk is full", 1_795_330_395_000L, 3, List.of("look")));
    JsonObject paused = browser.row("grid.clusters", body -> !history(body).getBoolean("writing"));
    assertEquals(
        new JsonObject(
            "{\"writing\":false,\"reason\":\"the disk is full\","
                + "\"sinceEpochMillis\":1795330395000,\"alarms\":[\"look\"]}"),
        history(paused));

    Addresses.STORE_STATE.publish(
        mesh.vertx, new StoreState("n1", true, null, 1_795_330_455_000L, 0, List.of()));
    JsonObject over = browser.row("grid.clusters", body -> history(body).getBoolean("writing"));
    assertEquals(1_795_330_455_000L, history(over).getLong("sinceEpochMillis"));
    assertTrue(history(over).getJsonArray("alarms").isEmpty());
  }

  @Test
  void aConfigurationThatIsBrokenIsSaidUntilItIsMended() throws Exception {
    mesh.deploy(Samples.cluster("hpc1", 0));
    Browser browser = mesh.browser().register("grid.clusters");
    JsonObject before = browser.row("grid.clusters");
    assertEquals(new JsonArray(), configuration(before));

    ConfState.Problem wrong = new ConfState.Problem("a.json", "/web/port", "is no port");
    Addresses.CONF_STATE.publish(mesh.vertx, new ConfState("n1", 5, List.of(wrong), 2));
    JsonObject broken = browser.row("grid.clusters", body -> !configuration(body).isEmpty());
    assertEquals(
        new JsonArray(
            "[{\"node\":\"n1\",\"inForceSinceEpochMillis\":5,\"problems\":[{\"file\":\"a.json\","
                + "\"place\":\"/web/port\",\"message\":\"is no port\"}],\"more\":2}]"),
        configuration(broken));

    Addresses.CONF_STATE.publish(mesh.vertx, new ConfState("n1", 9, List.of(), 0));
    browser.row("grid.clusters", body -> configuration(body).isEmpty());
  }

  private static JsonArray configuration(JsonObject overview) {
    return overview.getJsonObject("mesh").getJsonArray("configuration");
  }

  @Test
  void aStoreThatFellSilentIsSaidWithoutAnyNews() throws Exception {
    AtomicReference<Instant> now = new AtomicReference<>(Instant.ofEpochMilli(Samples.NOW));
    AtomicReference<SocketAddress> bound = new AtomicReference<>();
    Mesh.await(
        mesh.vertx.deployVerticle(
            new BroadcastVerticle(
                Mesh.config("127.0.0.1", 0),
                mesh.meters,
                bound::set,
                BrowserLimits.DEFAULT,
                movable(now))));
    Browser browser = new Browser(mesh.clients, bound.get().port()).register("grid.clusters");
    assertTrue(history(browser.row("grid.clusters")).getBoolean("writing"));
    now.set(now.get().plusSeconds(13));
    JsonObject silent = browser.row("grid.clusters", body -> !history(body).getBoolean("writing"));
    assertEquals("the store does not answer", history(silent).getString("reason"));
    assertEquals(Samples.NOW, history(silent).getLong("sinceEpochMillis"));
  }

  private static Clock movable(AtomicReference<Instant> now) {
    return new Clock() {
      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }

      @Override
      public Instant instant() {
        return now.get();
      }
    };
  }

  private static JsonObject history(JsonObject overview) {
    return overview.getJsonObject("mesh").getJsonObject("history");
  }

  private static String meshStatus(JsonObject overview) {
    return overview.getJsonObject("mesh").getString("status");
  }

  @Test
  void itStartsAgainOnTheSamePortAndTakesItsMetersAlong() throws Exception {
    mesh.deploy(Samples.cluster("hpc1", 0));
    Browser browser = mesh.browser().register(HPC1);
    browser.row(HPC1);
    int port = mesh.port();
    Mesh.await(mesh.vertx.undeploy(mesh.deployment()));
    assertEquals(GOING_AWAY, browser.closedWith());
    assertTrue(mesh.meters.getMeters().isEmpty(), () -> mesh.meters.getMetersAsString());

    String again =
        Mesh.await(
            mesh.vertx.deployVerticle(
                new BroadcastVerticle(
                    Mesh.config("127.0.0.1", port, Samples.cluster("hpc1", 0)), mesh.meters)));
    Browser later = new Browser(mesh.clients, port).register(HPC1);
    assertEquals("UNKNOWN", later.row(HPC1).getString("status"));
    assertEquals(1, mesh.meters.get("qstatmesh.broadcast.sockets").gauge().value());

    BroadcastVerticle second =
        new BroadcastVerticle(Mesh.config("127.0.0.1", port), new SimpleMeterRegistry());
    CompletionException taken =
        assertThrows(
            CompletionException.class, () -> Mesh.await(mesh.vertx.deployVerticle(second)));
    assertInstanceOf(BindException.class, taken.getCause());
    Mesh.await(mesh.vertx.undeploy(again));
    Eventually.holds("the later browser is told", () -> !later.isOpen());
  }

  @Test
  void aPublicAddressMustBeAskedFor() {
    BroadcastVerticle open = new BroadcastVerticle(Mesh.config("0.0.0.0", 0), mesh.meters);
    CompletionException refused =
        assertThrows(CompletionException.class, () -> Mesh.await(mesh.vertx.deployVerticle(open)));
    assertInstanceOf(IllegalArgumentException.class, refused.getCause());
    assertTrue(refused.getCause().getMessage().contains("web.public"));
    assertFalse(mesh.meters.getMeters().iterator().hasNext());
  }
}
