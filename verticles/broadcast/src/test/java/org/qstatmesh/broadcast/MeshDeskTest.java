package org.qstatmesh.broadcast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.qstatmesh.broadcast.browser.Browser;
import org.qstatmesh.bus.Addresses;
import org.qstatmesh.bus.HistoryAnswer;
import org.qstatmesh.bus.JobAnswer;
import org.qstatmesh.bus.JobsAnswer;
import org.qstatmesh.bus.NodesAnswer;
import org.qstatmesh.bus.QueryFailure;
import org.qstatmesh.wire.Job;
import org.qstatmesh.wire.JobState;

/** Browsers' questions through the whole stage; the test answers as store and poller would. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MeshDeskTest {
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
  void aQuestionNobodyServesIs503() throws Exception {
    mesh.deploy(Samples.cluster("hpc1", 0));
    JsonObject refusal =
        mesh.browser().ask("grid.nodes.query", new JsonObject().put("cluster", "hpc1"));
    assertEquals(503, refusal.getInteger("failureCode"));
  }
}
