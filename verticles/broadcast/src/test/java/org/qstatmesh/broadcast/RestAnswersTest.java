package org.qstatmesh.broadcast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qstatmesh.broadcast.browser.Browser;
import org.qstatmesh.bus.Addresses;
import org.qstatmesh.bus.AtAnswer;
import org.qstatmesh.bus.ClusterChanges.ClusterChange;
import org.qstatmesh.bus.ClusterChanges.ClusterEvent;
import org.qstatmesh.bus.ClusterChanges.JobChange;
import org.qstatmesh.bus.ClusterChanges.JobEvent;
import org.qstatmesh.bus.ClusterChanges.NodeEvent;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.bus.EventsAnswer;
import org.qstatmesh.bus.FailureCode;
import org.qstatmesh.bus.FitAnswer;
import org.qstatmesh.bus.FitAnswer.QueueFit;
import org.qstatmesh.bus.HistoryAnswer;
import org.qstatmesh.bus.JobAnswer;
import org.qstatmesh.bus.JobsAnswer;
import org.qstatmesh.bus.NodesAnswer;
import org.qstatmesh.bus.PollerAlive;
import org.qstatmesh.bus.SnapshotTaken;
import org.qstatmesh.bus.WaitsAnswer;
import org.qstatmesh.wire.Job;
import org.qstatmesh.wire.JobState;
import org.qstatmesh.wire.Node;
import org.qstatmesh.wire.NodeState;
import org.qstatmesh.wire.Visibility;

/**
 * Programs' questions through the whole stage; the test answers as store and poller would. Every
 * answer is what a browser gets, and what the description says: its schemas are closed here, so
 * that a field which nobody described fails.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RestAnswersTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What a user can call a job. */
  private static final String HOSTILE = "<img src=x>\n\u001b[2J\u202e=1+1";

  private final HttpClient http = HttpClient.newHttpClient();
  private Mesh mesh;

  @BeforeEach
  void start() {
    mesh = new Mesh();
    serve();
    mesh.deploy(Samples.cluster("hpc1", 0), Samples.cluster("hpc2", 1));
    long now = System.currentTimeMillis();
    Addresses.SNAPSHOT_TAKEN.publish(
        mesh.vertx, new SnapshotTaken(Samples.summary("hpc1", "s1", now)));
    Addresses.POLL_FAILED.publish(
        mesh.vertx, Samples.failed("hpc2", FailureCode.PROBE_TIMEOUT, now, 2, now));
    Addresses.POLLER_ALIVE.publish(mesh.vertx, new PollerAlive("n1", now, List.of("hpc1")));
  }

  @AfterEach
  void close() {
    mesh.close();
  }

  private void serve() {
    Job job = Job.builder("11.login1", "alice", JobState.QUEUED).jobName(HOSTILE).build();
    Node node =
        new Node(
            "n001", NodeState.FULL, "x", 16, 16, 0, null, 0, 1L, null, 15.9, List.of("a"), HOSTILE);
    HistoryAnswer history =
        new HistoryAnswer(
            300_000,
            List.of(0L, 300_000L),
            List.of(
                new HistoryAnswer.Series(HOSTILE, Arrays.asList(12.0, null), null, null),
                new HistoryAnswer.Series(
                    null, List.of(1.5, 2.0), List.of(1.0, 2.0), List.of(2.0, 2.0))),
            Arrays.asList(1.0, null),
            Arrays.asList(77.0, null),
            Arrays.asList(336.0, null),
            0L);
    EventsAnswer events =
        new EventsAnswer(
            List.of(
                new JobEvent(
                    JobChange.STARTED, 600, "11", "alice", "q", null, 1, 8, 0L, 9L, null, 9L)),
            List.of(new NodeEvent(600, "n001", null, NodeState.DOWN, null)),
            true,
            List.of(
                new ClusterEvent(ClusterChange.CLUSTER_DOWN, 500, FailureCode.PROBE_TIMEOUT),
                new ClusterEvent(ClusterChange.CLUSTER_UP, 600, null)));
    WaitsAnswer waits =
        new WaitsAnswer(
            List.of(new WaitsAnswer.Wait("hpc1", null, 0, null, 4, 60, 600)), List.of());
    QueueFit queue =
        new QueueFit(
            "batch",
            true,
            true,
            null,
            64,
            FitAnswer.Fits.LATER,
            List.of(FitAnswer.Reason.NOT_ENOUGH_FREE),
            true,
            0,
            3,
            0,
            0,
            7L,
            7,
            9);
    FitAnswer fit = new FitAnswer(7, Visibility.ALL, List.of(queue), 0);
    ClusterSummary then = Samples.summary("hpc1", "s2", 550);
    Mesh.await(
        Future.all(
            List.of(
                Addresses.HISTORY
                    .serve(mesh.vertx, question -> Future.succeededFuture(history))
                    .ready(),
                Addresses.EVENTS
                    .serve(mesh.vertx, question -> Future.succeededFuture(events))
                    .ready(),
                Addresses.WAITS
                    .serve(mesh.vertx, question -> Future.succeededFuture(waits))
                    .ready(),
                Addresses.AT
                    .serve(
                        mesh.vertx,
                        question -> Future.succeededFuture(new AtAnswer(600, List.of(then))))
                    .ready(),
                Addresses.fit("hpc1")
                    .serve(mesh.vertx, question -> Future.succeededFuture(fit))
                    .ready(),
                Addresses.jobs("hpc1")
                    .serve(
                        mesh.vertx,
                        question -> Future.succeededFuture(new JobsAnswer(7, 1, List.of(job))))
                    .ready(),
                Addresses.job("hpc1")
                    .serve(
                        mesh.vertx,
                        question -> Future.succeededFuture(new JobAnswer(job, null, HOSTILE)))
                    .ready(),
                Addresses.nodes("hpc1")
                    .serve(
                        mesh.vertx,
                        question ->
                            Future.succeededFuture(
                                new NodesAnswer(
                                    7, List.of(node), Map.of("n001", List.of("alice")))))
                    .ready())));
  }

  private HttpResponse<String> get(String target) throws Exception {
    URI address = URI.create("http://127.0.0.1:" + mesh.port() + "/api/v1" + target);
    return http.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/clusters | Overview",
        "/clusters/hpc1 | Row",
        "/clusters/hpc2 | Row",
        "/clusters/hpc1/history?from=0&to=1&dimension=user&measure=runningSlots&band=true | History",
        "/clusters/hpc1/jobs | Jobs",
        "/clusters/hpc1/jobs/11.login1 | JobDetail",
        "/clusters/hpc1/nodes | Nodes",
        "/clusters/hpc1/events?past=1h | Events",
        "/clusters/hpc1/changes?from=0&to=1000 | Changes",
        "/waits?past=1h | Waits",
        "/at?at=600 | At",
        "/fit?slots=64 | Fit",
        "/at | Problem",
        "/nothing | Problem"
      })
  void answersAreAsDescribed(String target, String schema) throws Exception {
    String body = get(target).body();
    assertEquals(List.of(), described().errors(schema, body), body);
  }

  private Described described() throws Exception {
    return new Described(get("/openapi.json").body());
  }

  @Test
  void aBodyOfAnotherFormIsNotAsDescribed() throws Exception {
    ObjectNode row = (ObjectNode) JSON.readTree(get("/clusters/hpc1").body());
    assertEquals(List.of(), described().errors("Row", row.toString()));
    assertFalse(described().errors("Row", row.deepCopy().put("more", 1).toString()).isEmpty());
    assertFalse(described().errors("Row", row.deepCopy().put("slots", 1).toString()).isEmpty());
    row.remove("slots");
    assertFalse(described().errors("Row", row.toString()).isEmpty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "/clusters/hpc1/history?from=0&to=1&dimension=queue&measure=queuedJobs | history |"
            + " {'cluster':'hpc1','dimension':'queue','measure':'queuedJobs',"
            + "'fromEpochMillis':0,'toEpochMillis':1}",
        "/clusters/hpc1/jobs?owner=alice | jobs | {'cluster':'hpc1','filter':{'jobOwner':'alice'}}",
        "/clusters/hpc1/jobs/11 | job | {'cluster':'hpc1','jobId':'11'}",
        "/clusters/hpc1/nodes | nodes | {'cluster':'hpc1'}",
        "/clusters/hpc1/events?from=1&to=2 | events |"
            + " {'cluster':'hpc1','fromEpochMillis':1,'toEpochMillis':2}",
        "/waits?from=1&to=2 | waits | {'fromEpochMillis':1,'toEpochMillis':2}",
        "/at?at=600 | at | {'atEpochMillis':600}"
      })
  void answersAreThoseOfBrowsers(String target, String query, String body) throws Exception {
    Browser browser = mesh.browser();
    JsonObject told =
        browser.ask("grid." + query + ".query", new JsonObject(body.replace('\'', '"')));
    HttpResponse<String> answer = get(target);
    assertEquals(200, answer.statusCode(), answer::body);
    assertEquals(told.getJsonObject("body"), new JsonObject(answer.body()));
  }

  @Test
  void tablesAreMadeOfTheSameAnswers() throws Exception {
    String jobs = get("/clusters/hpc1/jobs?format=csv").body();
    assertTrue(jobs.contains("\r\n11.login1,<img src=x>\\u000a\\u001b[2J\\u202e=1+1,alice,"), jobs);
    String history =
        get("/clusters/hpc1/history?from=0&to=1&dimension=user&measure=runningSlots&format=csv")
            .body();
    assertTrue(history.contains("\r\n1970-01-01T00:00:00Z,hpc1,slots,,total,336\r\n"), history);
    assertTrue(get("/clusters/hpc1/nodes?format=csv").body().endsWith(",alice\r\n"));
    assertTrue(get("/waits?past=1h&format=csv").body().endsWith("hpc1,,0,,4,60,600\r\n"));
    assertTrue(get("/clusters/hpc1/events?past=1h&format=csv").body().contains(",STARTED,11,"));
  }

  @Test
  void whoIsNotThereIsSaidToBe() throws Exception {
    HttpResponse<String> answer = get("/clusters/hpc2/nodes");
    assertEquals(503, answer.statusCode());
    assertEquals("1", answer.headers().firstValue("Retry-After").orElseThrow());
  }
}
