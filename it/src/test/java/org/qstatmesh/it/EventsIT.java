package org.qstatmesh.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.it.kit.Eventually;
import org.qstatmesh.it.kit.GridClient;
import org.qstatmesh.it.kit.OneCluster;

/** What happens to jobs is told once, whatever is started again meanwhile. */
@Timeout(300)
class EventsIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CLUSTER = OneCluster.CLUSTER;

  @TempDir private Path directory;
  private OneCluster cluster;

  @BeforeEach
  void start() throws Exception {
    cluster = OneCluster.start(directory);
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  @Test
  void jobsComeStartAndEndOnceThoughThePollerIsStartedAgain() throws Exception {
    long submitted;
    try (GridClient client = GridClient.watching(cluster.mesh().page(), CLUSTER)) {
      client.awaitHealthy(CLUSTER);
      awaitEvents(client);
      submitted = now();
      cluster.list("900.login1", 1, submitted, null);
      awaitEvents(client, "900.login1 SUBMITTED");
    }
    cluster.mesh().terminate();
    long startedAt = awaitLaterThan(submitted + 2);
    cluster.unlist("900.login1");
    cluster.list("900.login1", 1, submitted, startedAt);
    cluster.list("901.login1", 1, startedAt, null);
    cluster.mesh().start();
    try (GridClient client = GridClient.watching(cluster.mesh().page(), CLUSTER)) {
      awaitEvents(client, "900.login1 STARTED", "900.login1 SUBMITTED", "901.login1 SUBMITTED");
      assertWaited(client, startedAt - submitted);
    }
    cluster.mesh().restartStage("poller");
    cluster.mesh().restartStage("store");
    try (GridClient client = GridClient.watching(cluster.mesh().page(), CLUSTER)) {
      client.awaitHealthy(CLUSTER);
      cluster.unlist("900.login1");
      cluster.unlist("901.login1");
      awaitEvents(
          client,
          "900.login1 FINISHED",
          "900.login1 STARTED",
          "900.login1 SUBMITTED",
          "901.login1 FINISHED",
          "901.login1 SUBMITTED");
      assertWaited(client, startedAt - submitted);
    }
    LogRules.assertNoException(cluster.mesh().log());
  }

  /** Exactly these, of all jobs of the one owner whose jobs are not in the recording. */
  private static void awaitEvents(GridClient client, String... words) throws Exception {
    List<String> seen = new ArrayList<>();
    Eventually.eventually(
        List.of(words) + " of all events",
        Eventually.PATIENCE,
        () -> {
          seen.clear();
          for (JsonNode job : client.ask("grid.events.query", events()).path("jobs")) {
            seen.add(job.path("jobId").asText() + " " + job.path("change").asText());
          }
          Collections.sort(seen);
          return seen.equals(List.of(words));
        },
        seen::toString);
  }

  private static ObjectNode events() {
    return JSON.createObjectNode()
        .put("cluster", CLUSTER)
        .put("fromEpochMillis", 0)
        .put("toEpochMillis", System.currentTimeMillis() + 60_000)
        .put("jobOwner", "dora")
        .put("limit", 100);
  }

  private static void assertWaited(GridClient client, long seconds) throws Exception {
    ObjectNode question =
        JSON.createObjectNode()
            .put("cluster", CLUSTER)
            .put("fromEpochMillis", 0)
            .put("toEpochMillis", System.currentTimeMillis() + 60_000);
    JsonNode any = client.ask("grid.waits.query", question).path("waits").path(0);
    assertEquals(1, any.path("count").asLong(), any::toString);
    assertEquals(seconds, any.path("p50Seconds").asLong(), any::toString);
  }

  private static long now() {
    return System.currentTimeMillis() / 1_000;
  }

  /** Blocks until the clock is there; what it shows. */
  private static long awaitLaterThan(long epochSeconds) throws Exception {
    Eventually.eventually("the clock goes on", () -> now() > epochSeconds);
    return now();
  }
}
