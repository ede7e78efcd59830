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
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.SocketAddress;
import java.net.BindException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.qstatmesh.broadcast.browser.Browser;
import org.qstatmesh.broadcast.browser.Eventually;
import org.qstatmesh.bus.Addresses;
import org.qstatmesh.bus.ClusterConfig;
import org.qstatmesh.bus.ClustersConfigured;
import org.qstatmesh.bus.FailureCode;
import org.qstatmesh.bus.HistoryAnswer;
import org.qstatmesh.bus.JobAnswer;
import org.qstatmesh.bus.JobsAnswer;
import org.qstatmesh.bus.LatestAnswer;
import org.qstatmesh.bus.MeshCodec;
import org.qstatmesh.bus.NodesAnswer;
import org.qstatmesh.bus.PollerAlive;
import org.qstatmesh.bus.QueryFailure;
import org.qstatmesh.bus.SnapshotTaken;
import org.qstatmesh.wire.Job;
import org.qstatmesh.wire.JobState;

/** The whole stage on a real bus; store and poller are the test's. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BroadcastVerticleTest {
  private static final String HPC1 = "grid.cluster.hpc1";

  private final Vertx vertx = Vertx.vertx();
  private final Vertx clients = Vertx.vertx();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private String deployment;
  private SocketAddress address;

  @BeforeEach
  void installCodec() {
    MeshCodec.install(vertx);
  }

  @AfterEach
  void close() {
    await(clients.close());
    await(vertx.close());
  }

  private void deploy(ClusterConfig... clusters) {
    AtomicReference<SocketAddress> bound = new AtomicReference<>();
    deployment =
        await(
            vertx.deployVerticle(
                new BroadcastVerticle(config("127.0.0.1", 0, clusters), meters, bound::set)));
    address = bound.get();
    assertNotNull(address, "told before start succeeds");
  }

  private static BroadcastConfig config(String host, int port, ClusterConfig... clusters) {
    return new BroadcastConfig("n1", List.of(clusters), host, port, false, "Our lab", List.of());
  }

  private Browser browser() throws Exception {
    return new Browser(clients, address.port());
  }

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }

  private void take(String cluster, String snapshotId, long atEpochMillis) {
    Addresses.SNAPSHOT_TAKEN.publish(
        vertx, new SnapshotTaken(Samples.summary(cluster, snapshotId, atEpochMillis)));
  }

  @Test
  void aSnapshotBecomesARowInTheBrowser() throws Exception {
    deploy(Samples.cluster("hpc1", 0));
    Browser browser = browser().register(HPC1);
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

    Browser late = browser().register(HPC1);
    assertEquals("s1", late.row(HPC1).getString("snapshotId"));
  }

  @Test
  void failuresAreShownAndHeal() throws Exception {
    deploy(Samples.cluster("hpc1", 0));
    long now = System.currentTimeMillis();
    take("hpc1", "s1", now - 100);
    Browser browser = browser().register(HPC1);
    browser.row(HPC1, row -> "s1".equals(row.getString("snapshotId")));

    Addresses.POLL_FAILED.publish(
        vertx, Samples.failed("hpc1", FailureCode.PROBE_UNREACHABLE, now - 50, 1, now - 50));
    JsonObject first = browser.row(HPC1);
    assertEquals("UP", first.getString("status"));
    assertEquals("PROBE_UNREACHABLE", first.getJsonObject("failure").getString("code"));
    assertNotNull(first.getJsonObject("failure").getString("hint"));

    Addresses.POLL_FAILED.publish(
        vertx, Samples.failed("hpc1", FailureCode.PROBE_UNREACHABLE, now - 50, 2, now - 20));
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
    deploy(Samples.cluster("hpc1", 0));
    long now = System.currentTimeMillis();
    take("hpc1", "s1", now);
    Browser browser = browser().register(HPC1);
    browser.row(HPC1, row -> "s1".equals(row.getString("snapshotId")));
    double encodes = meters.get("qstatmesh.broadcast.encodes").counter().count();
    for (int i = 0; i < 10; i++) {
      take("hpc1", "s1", now);
      take("hpc1", "s0", now - 60_000);
      take("other", "s1", now);
    }
    browser.settle();
    assertEquals(0, browser.framesWaiting());
    assertEquals(encodes, meters.get("qstatmesh.broadcast.encodes").counter().count());
  }

  @Test
  void theOverviewFollowsTheConfigurationAndTheMesh() throws Exception {
    deploy(Samples.cluster("hpc1", 0), Samples.cluster("hpc2", 1));
    Browser browser = browser().register("grid.clusters").register(HPC1);
    JsonObject overview = browser.row("grid.clusters");
    assertEquals("Our lab", overview.getString("title"));
    assertEquals(2, overview.getJsonArray("clusters").size());
    assertEquals(
        new JsonObject()
            .put("cluster", "hpc2")
            .put("title", "Title of hpc2")
            .put("status", "UNKNOWN")
            .put("order", 1),
        overview.getJsonArray("clusters").getJsonObject(1));

    Addresses.POLLER_ALIVE.publish(vertx, new PollerAlive("n1", 5, List.of("hpc1")));
    JsonObject mesh =
        browser
            .row(
                "grid.clusters",
                body -> !body.getJsonObject("mesh").getJsonArray("nodes").isEmpty())
            .getJsonObject("mesh");
    assertEquals("n1", mesh.getJsonArray("nodes").getJsonObject(0).getString("node"));

    Addresses.CLUSTERS_CONFIGURED.publish(
        vertx,
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
  void theLastPictureIsAskedOfTheStoreUntilItAnswers() throws Exception {
    deploy(Samples.cluster("hpc1", 0));
    Browser browser = browser().register(HPC1).register("grid.clusters");
    Addresses.POLLER_ALIVE.publish(vertx, new PollerAlive("n1", 5, List.of()));
    browser.row("grid.clusters", body -> "NO_STORE".equals(meshStatus(body)));
    long hourAgo = System.currentTimeMillis() - 3_600_000;
    LatestAnswer stored = new LatestAnswer(List.of(Samples.summary("hpc1", "stored", hourAgo)));
    await(Addresses.LATEST.serve(vertx, question -> Future.succeededFuture(stored)).ready());
    JsonObject row = browser.row(HPC1, body -> body.getString("snapshotId") != null);
    assertEquals("stored", row.getString("snapshotId"));
    assertEquals("STALE", row.getString("status"));
    Addresses.POLLER_ALIVE.publish(vertx, new PollerAlive("n1", 5, List.of()));
    browser.row("grid.clusters", body -> "UP".equals(meshStatus(body)));
  }

  private static String meshStatus(JsonObject overview) {
    return overview.getJsonObject("mesh").getString("status");
  }

  @Test
  void questionsReachTheMeshAndAnswersComeBack() throws Exception {
    Job job =
        Job.builder("11.login1", "alice", JobState.QUEUED).jobName("<img src=x>\n\u001b").build();
    serveMesh(job);
    deploy(Samples.cluster("hpc1", 0));
    Browser browser = browser();
    JsonObject history =
        browser.ask(
            "grid.history.query",
            new JsonObject()
                .put("cluster", "hpc1")
                .put("dimension", "user")
                .put("measure", "runningSlots")
                .put("fromEpochMillis", 0)
                .put("toEpochMillis", 600_000));
    assertEquals(
        new JsonObject(
            "{\"stepMillis\":300000,\"times\":[0,300000],\"series\":[{\"key\":\"alice\","
                + "\"values\":[12.0,null]}],\"others\":[1.0,null],\"free\":[77.0,null],\"total\":[336.0,null]}"),
        history.getJsonObject("body"));

    JsonObject page =
        browser.ask(
            "grid.jobs.query",
            new JsonObject()
                .put("cluster", "hpc1")
                .put("filter", new JsonObject().put("jobOwner", "alice")));
    JsonObject shown = page.getJsonObject("body").getJsonArray("jobs").getJsonObject(0);
    assertEquals("<img src=x>\n\u001b", shown.getString("jobName"));
    assertEquals("QUEUED", shown.getString("jobState"));
    assertTrue(shown.containsKey("slots"));
    assertNull(shown.getValue("slots"), "absent is null");

    JsonObject one =
        browser.ask(
            "grid.job.query", new JsonObject().put("cluster", "hpc1").put("jobId", "11.login1"));
    assertEquals("waits for another job", one.getJsonObject("body").getString("reason"));
    JsonObject none =
        browser.ask("grid.job.query", new JsonObject().put("cluster", "hpc1").put("jobId", "9"));
    assertEquals(404, none.getInteger("failureCode"));
    JsonObject nodes = browser.ask("grid.nodes.query", new JsonObject().put("cluster", "hpc1"));
    assertEquals(7L, nodes.getJsonObject("body").getLong("takenAtEpochMillis"));
  }

  private void serveMesh(Job job) {
    HistoryAnswer history =
        new HistoryAnswer(
            300_000,
            List.of(0L, 300_000L),
            List.of(new HistoryAnswer.Series("alice", Arrays.asList(12.0, null))),
            Arrays.asList(1.0, null),
            Arrays.asList(77.0, null),
            Arrays.asList(336.0, null));
    await(
        Future.all(
            List.of(
                Addresses.HISTORY.serve(vertx, question -> Future.succeededFuture(history)).ready(),
                Addresses.jobs("hpc1")
                    .serve(
                        vertx,
                        question -> Future.succeededFuture(new JobsAnswer(7, 1, List.of(job))))
                    .ready(),
                Addresses.job("hpc1")
                    .serve(
                        vertx,
                        question ->
                            question.jobId().equals(job.jobId())
                                ? Future.succeededFuture(
                                    new JobAnswer(job, "waits for another job", "text"))
                                : Future.failedFuture(
                                    new QueryFailure(QueryFailure.NOT_FOUND, "no such job")))
                    .ready(),
                Addresses.nodes("hpc1")
                    .serve(
                        vertx,
                        question -> Future.succeededFuture(new NodesAnswer(7, List.of(), Map.of())))
                    .ready())));
  }

  @Test
  void aQuestionNobodyServesIs503() throws Exception {
    deploy(Samples.cluster("hpc1", 0));
    JsonObject refusal = browser().ask("grid.nodes.query", new JsonObject().put("cluster", "hpc1"));
    assertEquals(503, refusal.getInteger("failureCode"));
  }

  @Test
  void itStartsAgainOnTheSamePortAndTakesItsMetersAlong() throws Exception {
    deploy(Samples.cluster("hpc1", 0));
    Browser browser = browser().register(HPC1);
    browser.row(HPC1);
    int port = address.port();
    await(vertx.undeploy(deployment));
    Eventually.holds("the browser is told", () -> !browser.isOpen());
    assertTrue(meters.getMeters().isEmpty(), () -> meters.getMetersAsString());

    String again =
        await(
            vertx.deployVerticle(
                new BroadcastVerticle(
                    config("127.0.0.1", port, Samples.cluster("hpc1", 0)), meters)));
    assertEquals(
        "UNKNOWN", new Browser(clients, port).register(HPC1).row(HPC1).getString("status"));
    assertEquals(1, meters.get("qstatmesh.broadcast.sockets").gauge().value());

    BroadcastVerticle second =
        new BroadcastVerticle(config("127.0.0.1", port), new SimpleMeterRegistry());
    CompletionException taken =
        assertThrows(CompletionException.class, () -> await(vertx.deployVerticle(second)));
    assertInstanceOf(BindException.class, taken.getCause());
    await(vertx.undeploy(again));
  }

  @Test
  void aPublicAddressMustBeAskedFor() {
    BroadcastVerticle open = new BroadcastVerticle(config("0.0.0.0", 0), meters);
    CompletionException refused =
        assertThrows(CompletionException.class, () -> await(vertx.deployVerticle(open)));
    assertInstanceOf(IllegalArgumentException.class, refused.getCause());
    assertTrue(refused.getCause().getMessage().contains("web.public"));
    assertFalse(meters.getMeters().iterator().hasNext());
  }
}
