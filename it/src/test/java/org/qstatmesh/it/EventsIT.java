package org.qstatmesh.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.it.kit.Eventually;
import org.qstatmesh.it.kit.FakeScheduler;
import org.qstatmesh.it.kit.GridClient;
import org.qstatmesh.it.kit.MeshConf;
import org.qstatmesh.it.kit.MeshProcess;
import org.qstatmesh.it.kit.ProbeProcess;

/** What happens to jobs is told once, whatever is started again meanwhile. */
@Timeout(300)
class EventsIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CLUSTER = "openpbs";
  private static final String LISTING = "qstat-f-dsv.out";
  private static final DateTimeFormatter PBS_TIME =
      DateTimeFormatter.ofPattern("EEE MMM d HH:mm:ss yyyy", Locale.ROOT).withZone(ZoneOffset.UTC);

  @TempDir private Path directory;
  private FakeScheduler scheduler;
  private ProbeProcess probe;
  private MeshProcess mesh;

  @BeforeEach
  void start() throws Exception {
    scheduler = FakeScheduler.openPbs(directory.resolve("openpbs"));
    probe = ProbeProcess.serving(scheduler);
    mesh =
        MeshProcess.start(
            MeshConf.in(directory.resolve("conf"), 10).direct(CLUSTER, probe.endpoint()),
            directory.resolve("data"));
  }

  @AfterEach
  void stop() {
    mesh.close();
    probe.close();
  }

  @Test
  void jobsComeStartAndEndOnceThoughThePollerIsStartedAgain() throws Exception {
    long submitted;
    try (GridClient client = GridClient.watching(mesh.page(), CLUSTER)) {
      client.awaitHealthy(CLUSTER);
      awaitEvents(client);
      submitted = list("900.login1", "Q", now(), null);
      awaitEvents(client, "900.login1 SUBMITTED");
    }
    mesh.terminate();
    long startedAt = awaitLaterThan(submitted + 2);
    unlist("900.login1");
    list("900.login1", "R", submitted, startedAt);
    list("901.login1", "Q", startedAt, null);
    mesh.start();
    try (GridClient client = GridClient.watching(mesh.page(), CLUSTER)) {
      awaitEvents(client, "900.login1 STARTED", "900.login1 SUBMITTED", "901.login1 SUBMITTED");
      assertWaited(client, startedAt - submitted);
    }
    mesh.restartStage("poller");
    mesh.restartStage("store");
    try (GridClient client = GridClient.watching(mesh.page(), CLUSTER)) {
      client.awaitHealthy(CLUSTER);
      unlist("900.login1");
      unlist("901.login1");
      awaitEvents(
          client,
          "900.login1 FINISHED",
          "900.login1 STARTED",
          "900.login1 SUBMITTED",
          "901.login1 FINISHED",
          "901.login1 SUBMITTED");
      assertWaited(client, startedAt - submitted);
    }
    LogRules.assertNoException(mesh.log());
  }

  /** Exactly these, of all jobs of the one owner whose jobs are not in the recording. */
  private static void awaitEvents(GridClient client, String... words) throws Exception {
    List<String> seen = new ArrayList<>();
    Eventually.eventually(
        List.of(words) + " of all events",
        Eventually.PATIENCE,
        () -> {
          client.ping();
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

  private long list(String id, String state, long submitted, Long started) throws Exception {
    String line =
        "Job Id: "
            + id
            + "|Job_Name=new|Job_Owner=dora@login1.cluster.example|job_state="
            + state
            + "|queue=batch|server=login1|ctime="
            + PBS_TIME.format(Instant.ofEpochSecond(submitted))
            + (started == null
                ? ""
                : "|exec_host=n001/1|exec_vnode=(n001:ncpus=1)|stime="
                    + PBS_TIME.format(Instant.ofEpochSecond(started)))
            + "|Resource_List.ncpus=1|Resource_List.nodect=1|euser=dora|egroup=chem\n";
    scheduler.edit(LISTING, jobs -> jobs + line);
    return submitted;
  }

  private void unlist(String id) throws Exception {
    scheduler.edit(LISTING, jobs -> jobs.replaceFirst("(?m)^Job Id: " + id + "\\|.*\n", ""));
  }
}
