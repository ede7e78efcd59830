package org.qstatmesh.broadcast;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.qstatmesh.broadcast.browser.Eventually;
import org.qstatmesh.broadcast.notify.HookConfig;
import org.qstatmesh.broadcast.notify.HookEvent;
import org.qstatmesh.broadcast.notify.HookFormat;
import org.qstatmesh.broadcast.notify.HookRule;
import org.qstatmesh.broadcast.notify.HookTimings;
import org.qstatmesh.broadcast.notify.Receiver;
import org.qstatmesh.bus.Addresses;
import org.qstatmesh.bus.ClusterChanges;
import org.qstatmesh.bus.ClusterChanges.JobChange;
import org.qstatmesh.bus.ClusterChanges.JobEvent;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.bus.FailureCode;
import org.qstatmesh.bus.LatestAnswer;
import org.qstatmesh.bus.MeshCodec;
import org.qstatmesh.bus.SnapshotTaken;

/** The stage on a real bus, with a real receiver. */
@Timeout(60)
class NotifyVerticleTest {
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private Vertx vertx;
  private Receiver receiver;
  private String deployment;

  @BeforeEach
  void open() {
    vertx = Vertx.vertx();
    MeshCodec.install(vertx);
    receiver = Receiver.start(vertx, (count, request) -> request.response().end());
  }

  @AfterEach
  void close() {
    Mesh.await(vertx.close());
  }

  private void deploy(HookRule... rules) {
    HookConfig hook =
        new HookConfig(
            "chat",
            receiver.url(),
            HookFormat.JSON,
            null,
            null,
            List.of(rules),
            Duration.ofMillis(1));
    NotifyConfig config = new NotifyConfig(List.of(Samples.cluster("hpc1", 0)), List.of(hook));
    deployment =
        Mesh.await(
            vertx.deployVerticle(
                new NotifyVerticle(config, meters, HookTimings.USUAL, Clock.systemUTC())));
  }

  private static HookRule rule(HookEvent event) {
    return new HookRule(event, Set.of("hpc1"), Duration.ZERO, 1, "alice");
  }

  private void take(String snapshotId, long at, boolean backfilled, String... startedJobs) {
    List<JobEvent> jobs =
        List.of(startedJobs).stream()
            .map(
                id ->
                    new JobEvent(
                        JobChange.STARTED,
                        at,
                        id,
                        "alice",
                        "batch",
                        null,
                        1,
                        4,
                        null,
                        null,
                        null,
                        null))
            .toList();
    ClusterSummary summary = Samples.summary("hpc1", snapshotId, at);
    Addresses.SNAPSHOT_TAKEN.publish(
        vertx,
        new SnapshotTaken(summary, backfilled, null, new ClusterChanges(jobs, List.of(), 0)));
  }

  private List<String> awaitTold(int count) {
    Eventually.holds(count + " messages", () -> receiver.posted().size() >= count);
    return receiver.posted().stream()
        .map(posted -> new JsonObject(posted.body()))
        .map(json -> json.getString("event") + " " + json.getString("title"))
        .toList();
  }

  @Test
  void aClusterThatStopsAnsweringAndAnswersAgainIsTold() {
    deploy(rule(HookEvent.CLUSTER_DOWN), rule(HookEvent.CLUSTER_UP));
    long now = System.currentTimeMillis();
    take("a-1", now, false);
    for (int failures = 1; failures <= 3; failures++) {
      Addresses.POLL_FAILED.publish(
          vertx,
          Samples.failed("hpc1", FailureCode.PROBE_UNREACHABLE, now + 1, failures, now + failures));
    }
    assertEquals(List.of("clusterDown Title of hpc1"), awaitTold(1));
    take("a-2", System.currentTimeMillis(), false);
    assertEquals(List.of("clusterDown Title of hpc1", "clusterUp Title of hpc1"), awaitTold(2));
  }

  @Test
  void aSampleThatIsPublishedAgainOrHandedInLaterIsToldOnce() {
    deploy(rule(HookEvent.JOB_STARTED));
    long now = System.currentTimeMillis();
    take("a-1", now, false, "1");
    take("a-0", now - 60_000, false, "of an older sample");
    take("a-1", now, false, "1");
    take("a-2", now + 1, true, "of a gap");
    take("a-3", now + 2, false);
    take("a-4", now + 3, false, "2");
    awaitTold(2);
    assertEquals(
        List.of("1", "2"),
        receiver.posted().stream()
            .map(posted -> new JsonObject(posted.body()).getJsonObject("jobs"))
            .map(jobs -> jobs.getJsonArray("first").getJsonObject(0).getString("jobId"))
            .toList());
  }

  @Test
  void whatTheStoreHadIsWhereItBegins() {
    long now = System.currentTimeMillis();
    ClusterSummary stored = Samples.summary("hpc1", "a-1", now);
    Addresses.LATEST.serve(
        vertx,
        query -> {
          // Sent behind the answer, from the same loop.
          vertx.runOnContext(
              go -> {
                take("a-1", now, false, "before");
                take("a-2", now + 1, false, "after");
              });
          return Future.succeededFuture(new LatestAnswer(List.of(stored)));
        });
    deploy(rule(HookEvent.JOB_STARTED));
    awaitTold(1);
    assertEquals(
        "after",
        new JsonObject(receiver.posted().get(0).body())
            .getJsonObject("jobs")
            .getJsonArray("first")
            .getJsonObject(0)
            .getString("jobId"));
  }

  @Test
  void itTakesItsMetersAlong() {
    deploy(rule(HookEvent.CLUSTER_DOWN));
    assertEquals(1, meters.find("qstatmesh.notify.sent").counters().size());
    Mesh.await(vertx.undeploy(deployment));
    assertEquals(List.of(), meters.getMeters());
  }

  @Test
  void withoutHooksItOnlyStarts() {
    NotifyVerticle idle = new NotifyVerticle(new NotifyConfig(List.of(), List.of()), meters);
    Mesh.await(vertx.undeploy(Mesh.await(vertx.deployVerticle(idle))));
    assertEquals(List.of(), meters.getMeters());
  }
}
