package org.qstatmesh.broadcast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.qstatmesh.broadcast.browser.Browser;
import org.qstatmesh.bus.Addresses;
import org.qstatmesh.bus.AtAnswer;
import org.qstatmesh.bus.ClusterChanges.JobChange;
import org.qstatmesh.bus.ClusterChanges.JobEvent;
import org.qstatmesh.bus.ClusterChanges.NodeEvent;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.bus.EventsAnswer;
import org.qstatmesh.bus.FiguresAnswer;
import org.qstatmesh.bus.HistoryAnswer;
import org.qstatmesh.bus.JobAnswer;
import org.qstatmesh.bus.JobsAnswer;
import org.qstatmesh.bus.NodeFigures;
import org.qstatmesh.bus.NodesAnswer;
import org.qstatmesh.bus.QueryFailure;
import org.qstatmesh.bus.SnapshotTaken;
import org.qstatmesh.bus.WaitsAnswer;
import org.qstatmesh.wire.Job;
import org.qstatmesh.wire.JobState;
import org.qstatmesh.wire.NodeState;

/** Browsers' questions through the whole stage; the test answers as store and poller would. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MeshDeskTest {
  private static final JobEvent STARTED =
      new JobEvent(
          JobChange.STARTED, 600, "11", "alice", "batch", null, 1, 8, 0L, 100L, null, 100L);
  private static final NodeEvent WENT_DOWN =
      new NodeEvent(600, "n001", NodeState.FULL, NodeState.DOWN, null);

  private Mesh mesh;

  @BeforeEach
  void start() {
    mesh = new Mesh();
  }

  @AfterEach
  void close() {
    mesh.close();
  }

  @Test
  void questionsReachTheMeshAndAnswersComeBack() throws Exception {
    Job job =
        Job.builder("11.login1", "alice", JobState.QUEUED).jobName("<img src=x>\n\u001b").build();
    serveMesh(job);
    mesh.deploy(Samples.cluster("hpc1", 0));
    Browser browser = mesh.browser();
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
                + "\"values\":[12.0,null],\"min\":null,\"max\":null}],\"others\":[1.0,null],"
                + "\"free\":[77.0,null],\"total\":[336.0,null],\"sourceStepMillis\":0}"),
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

  @Test
  void tellsOfTheMeshWhatConcernsConfiguredClusters() throws Exception {
    NodeFigures figures =
        new NodeFigures(
            "front",
            "0.1.0",
            1,
            20_000,
            5_000,
            List.of(new NodeFigures.StageFigures("store", "UP", 6_000, 1)),
            new NodeFigures.MemoryFigures(1, 2, 3L),
            List.of(new NodeFigures.AddressFigures("mesh.at.query", 1, 1, 1, 1, 1, 1, 1, 1.0, 1.0)),
            List.of(polls("hpc1"), polls("gone")),
            null,
            new NodeFigures.BrowserFigures(1, 2, Map.of()));
    Mesh.await(
        Addresses.FIGURES
            .serve(
                mesh.vertx,
                question ->
                    Future.succeededFuture(
                        new FiguresAnswer(
                            "front", 21_000, List.of(new FiguresAnswer.Heard(20_500, figures)))))
            .ready());
    mesh.deploy(Samples.cluster("hpc1", 0));
    JsonObject answer =
        mesh.browser().ask("grid.ops.query", new JsonObject()).getJsonObject("body");
    assertEquals(21_000, answer.getLong("atEpochMillis"));
    JsonObject node = answer.getJsonArray("nodes").getJsonObject(0);
    assertEquals("front", node.getString("node"));
    assertEquals(15_000, node.getLong("upMillis"));
    assertEquals(20_500, node.getLong("heardEpochMillis"));
    assertEquals(1, node.getJsonArray("clusters").size(), node::encode);
    assertEquals("hpc1", node.getJsonArray("clusters").getJsonObject(0).getString("cluster"));
    assertFalse(node.containsKey("addresses"), node::encode);
  }

  private static NodeFigures.ClusterFigures polls(String cluster) {
    return new NodeFigures.ClusterFigures(cluster, Map.of("UP", 1L), 1, 2, 0, 1.0, 2.0, false, 9L);
  }

  private void serveMesh(Job job) {
    HistoryAnswer history =
        new HistoryAnswer(
            300_000,
            List.of(0L, 300_000L),
            List.of(new HistoryAnswer.Series("alice", Arrays.asList(12.0, null), null, null)),
            Arrays.asList(1.0, null),
            Arrays.asList(77.0, null),
            Arrays.asList(336.0, null),
            0L);
    Mesh.await(
        Future.all(
            List.of(
                Addresses.HISTORY
                    .serve(mesh.vertx, question -> Future.succeededFuture(history))
                    .ready(),
                Addresses.jobs("hpc1")
                    .serve(
                        mesh.vertx,
                        question -> Future.succeededFuture(new JobsAnswer(7, 1, List.of(job))))
                    .ready(),
                Addresses.job("hpc1")
                    .serve(
                        mesh.vertx,
                        question ->
                            question.jobId().equals(job.jobId())
                                ? Future.succeededFuture(
                                    new JobAnswer(job, "waits for another job", "text"))
                                : Future.failedFuture(
                                    new QueryFailure(QueryFailure.NOT_FOUND, "no such job")))
                    .ready(),
                Addresses.nodes("hpc1")
                    .serve(
                        mesh.vertx,
                        question -> Future.succeededFuture(new NodesAnswer(7, List.of(), Map.of())))
                    .ready())));
  }

  @Test
  void thePastIsToldOfTheClustersThatAreConfigured() throws Exception {
    serveThePast();
    mesh.deploy(Samples.cluster("hpc1", 0), Samples.cluster("hpc2", 1));
    Browser browser = mesh.browser();
    JsonObject at =
        browser
            .ask("grid.at.query", new JsonObject().put("atEpochMillis", 600))
            .getJsonObject("body");
    assertEquals(600, at.getInteger("atEpochMillis"));
    assertEquals(1, at.getJsonArray("summaries").size(), "of a cluster taken out nothing is told");
    JsonObject row = at.getJsonArray("summaries").getJsonObject(0);
    assertEquals("hpc1", row.getString("cluster"));
    assertEquals(550, row.getInteger("observedAtEpochMillis"));
    assertEquals(77, row.getJsonObject("slots").getInteger("free"));

    JsonObject window = new JsonObject().put("fromEpochMillis", 1).put("toEpochMillis", 2);
    JsonObject waits = browser.ask("grid.waits.query", window).getJsonObject("body");
    assertEquals(
        new JsonObject(
            "{\"waits\":[{\"cluster\":\"hpc2\",\"queueName\":null,\"minSlots\":0,\"maxSlots\":null,"
                + "\"count\":4,\"p50Seconds\":60,\"p90Seconds\":600}],"
                + "\"kept\":[{\"cluster\":\"hpc2\",\"fromEpochMillis\":2}]}"),
        waits);

    JsonObject events =
        browser
            .ask("grid.events.query", window.copy().put("cluster", "hpc1").put("limit", 2))
            .getJsonObject("body");
    assertEquals(true, events.getBoolean("more"));
    JsonObject job = events.getJsonArray("jobs").getJsonObject(0);
    assertEquals("STARTED", job.getString("change"));
    assertEquals("alice", job.getString("jobOwner"));
    assertEquals(100, job.getInteger("waitSeconds"));
    assertTrue(job.containsKey("finishTimeEpochSeconds"));
    assertNull(job.getValue("finishTimeEpochSeconds"), "absent is null");
    assertEquals("DOWN", events.getJsonArray("nodes").getJsonObject(0).getString("to"));
  }

  @Test
  void theFeedMeasuresWhatChangedByTheClustersSize() throws Exception {
    EventsAnswer all = new EventsAnswer(List.of(STARTED), List.of(WENT_DOWN), false);
    Mesh.await(Addresses.EVENTS.serve(mesh.vertx, query -> Future.succeededFuture(all)).ready());
    mesh.deploy(Samples.cluster("hpc1", 0));
    JsonObject question =
        new JsonObject().put("cluster", "hpc1").put("fromEpochMillis", 0).put("toEpochMillis", 900);
    Browser browser = mesh.browser();
    JsonObject feed = browser.ask("grid.feed.query", question).getJsonObject("body");
    // Eight cores are news on the 336 of the store's last picture, once that is known.
    for (int i = 0; feed.getJsonArray("entries").size() < 2 && i < 500; i++) {
      Addresses.SNAPSHOT_TAKEN.publish(
          mesh.vertx, new SnapshotTaken(Samples.summary("hpc1", "s1", System.currentTimeMillis())));
      feed = browser.ask("grid.feed.query", question).getJsonObject("body");
    }
    assertEquals(
        new JsonArray(
            "[{\"atEpochMillis\":600,\"cluster\":null,\"use\":null,\"nodes\":{\"turn\":\"DOWN\","
                + "\"count\":1,\"names\":[\"n001\"],\"reason\":null}},"
                + "{\"atEpochMillis\":600,\"cluster\":null,\"use\":{\"user\":\"alice\","
                + "\"startedJobs\":1,\"startedSlots\":8,\"endedJobs\":0,\"endedSlots\":0},"
                + "\"nodes\":null}]"),
        feed.getJsonArray("entries"));
  }

  private void serveThePast() {
    EventsAnswer events = new EventsAnswer(List.of(STARTED), List.of(WENT_DOWN), true);
    WaitsAnswer waits =
        new WaitsAnswer(
            List.of(
                new WaitsAnswer.Wait("gone", null, 0, null, 9, 1, 2),
                new WaitsAnswer.Wait("hpc2", null, 0, null, 4, 60, 600)),
            List.of(new WaitsAnswer.Kept("gone", 1), new WaitsAnswer.Kept("hpc2", 2)));
    Mesh.await(
        Future.all(
            Addresses.AT
                .serve(
                    mesh.vertx,
                    question ->
                        Future.succeededFuture(
                            new AtAnswer(
                                question.atEpochMillis(),
                                List.of(
                                    Samples.summary("gone", "s1", 500),
                                    Samples.summary("hpc1", "s2", 550)))))
                .ready(),
            Addresses.WAITS.serve(mesh.vertx, question -> Future.succeededFuture(waits)).ready(),
            Addresses.EVENTS
                .serve(mesh.vertx, question -> Future.succeededFuture(events))
                .ready()));
  }

  @Test
  void aPastThatIsTooLongIsRefusedAndTheSocketLives() throws Exception {
    List<ClusterSummary> many =
        Collections.nCopies(6_000, Samples.summary("hpc1", "s".repeat(200), 550));
    Mesh.await(
        Addresses.AT
            .serve(mesh.vertx, question -> Future.succeededFuture(new AtAnswer(1, many)))
            .ready());
    mesh.deploy(Samples.cluster("hpc1", 0));
    Browser browser = mesh.browser();
    JsonObject refusal = browser.ask("grid.at.query", new JsonObject().put("atEpochMillis", 1));
    assertEquals(413, refusal.getInteger("failureCode"));
    browser.settle();
  }

  @Test
  void aQuestionNobodyServesIs503() throws Exception {
    mesh.deploy(Samples.cluster("hpc1", 0));
    JsonObject refusal =
        mesh.browser().ask("grid.nodes.query", new JsonObject().put("cluster", "hpc1"));
    assertEquals(503, refusal.getInteger("failureCode"));
  }
}
