package org.qstatmesh.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.it.kit.Eventually;
import org.qstatmesh.it.kit.FakeScheduler;
import org.qstatmesh.it.kit.GridClient;
import org.qstatmesh.it.kit.MeshConf;
import org.qstatmesh.it.kit.MeshProcess;
import org.qstatmesh.it.kit.ProbeProcess;

/** Every address for programs, over replayed clusters: the numbers are those of the page. */
@Timeout(120)
class ApiIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MORE_JOBS = 250;

  @TempDir private static Path directory;

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static ProbeProcess torque;
  private static ProbeProcess openPbs;
  private static MeshProcess mesh;
  private static GridClient client;

  @BeforeAll
  static void twoClustersOneWithALongQueue() throws Exception {
    torque = ProbeProcess.serving(FakeScheduler.torque(directory.resolve("torque")));
    FakeScheduler scheduler = FakeScheduler.openPbs(directory.resolve("openpbs"));
    scheduler.edit("qstat-f-dsv.out", jobs -> jobs + moreJobs());
    openPbs = ProbeProcess.serving(scheduler);
    MeshConf conf =
        MeshConf.in(directory.resolve("conf"), 10)
            .direct("torque", torque.endpoint())
            .direct("openpbs", openPbs.endpoint());
    mesh = MeshProcess.start(conf, directory.resolve("data"));
    client = GridClient.watching(mesh.page(), "torque", "openpbs");
    client.awaitHealthy("torque");
    client.awaitHealthy("openpbs");
  }

  private static String moreJobs() {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < MORE_JOBS; i++) {
      lines.append(
          "Job Id: %d.login1|Job_Name=n|Job_Owner=dora@login1|job_state=Q|queue=batch|server=login1"
              .formatted(90_000 + i));
      lines.append("|Resource_List.ncpus=1|Resource_List.nodect=1|euser=dora|egroup=chem\n");
    }
    return lines.toString();
  }

  @AfterAll
  static void stop() {
    client.close();
    mesh.close();
    torque.close();
    openPbs.close();
  }

  private static HttpResponse<String> response(String target, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(mesh.page().resolve("/api/v1") + target));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static JsonNode get(String target) throws Exception {
    HttpResponse<String> response = response(target);
    assertEquals(200, response.statusCode(), () -> target + ": " + response.body());
    assertEquals("application/json", response.headers().firstValue("Content-Type").orElseThrow());
    return JSON.readTree(response.body());
  }

  /** The browser's answer. */
  private static JsonNode ask(String query, String body) throws Exception {
    ObjectNode question = (ObjectNode) JSON.readTree(body.replace('\'', '"'));
    JsonNode answer = client.ask("grid." + query + ".query", question);
    assertTrue(answer.path("failureCode").isMissingNode(), answer::toString);
    return answer;
  }

  /** Both ways say the same; between two questions a sample may have come. */
  private static void same(String query, String body, String target) throws Exception {
    Eventually.eventually(target, () -> get(target).equals(ask(query, body)));
  }

  @Test
  void rowsAreThoseOfThePage() throws Exception {
    Set<String> clusters = new HashSet<>();
    get("/clusters").path("clusters").forEach(each -> clusters.add(each.path("cluster").asText()));
    assertEquals(Set.of("torque", "openpbs"), clusters);
    for (String cluster : clusters) {
      JsonNode row = get("/clusters/" + cluster);
      JsonNode shown = client.awaitRow(cluster, "as asked", now -> sameNumbers(now, row));
      assertEquals("UP", shown.path("status").asText());
      assertTrue(shown.at("/slots/total").asInt() > 0, shown::toString);
    }
  }

  private static boolean sameNumbers(JsonNode one, JsonNode other) {
    for (String part : List.of("jobs", "slots", "gpus", "nodes", "usage", "waiting", "queues")) {
      if (!one.path(part).equals(other.path(part)) || one.path(part).isMissingNode()) {
        return false;
      }
    }
    return true;
  }

  @Test
  void aRowThatDidNotChangeIsNotSentAgain() throws Exception {
    Eventually.eventually(
        "a row asked for twice between two polls",
        () -> {
          HttpResponse<String> row = response("/clusters/torque");
          String tag = row.headers().firstValue("ETag").orElseThrow();
          return response("/clusters/torque", "If-None-Match", tag).statusCode() == 304;
        });
  }

  @Test
  void jobsComeInPages() throws Exception {
    Set<String> seen = new HashSet<>();
    int total = get("/clusters/openpbs/jobs").path("total").asInt();
    assertTrue(total > MORE_JOBS);
    for (int offset = 0; offset < total; offset += 100) {
      String page = "/clusters/openpbs/jobs?limit=100&sort=-jobId&offset=" + offset;
      JsonNode jobs = get(page).path("jobs");
      assertEquals(Math.min(100, total - offset), jobs.size());
      assertEquals(
          ask("jobs", "{'cluster':'openpbs','limit':100,'sort':'-jobId','offset':" + offset + "}")
              .path("jobs"),
          jobs);
      // Tasks of an array in two states are two records.
      jobs.forEach(job -> seen.add(job.path("jobId").asText() + job.path("jobState").asText()));
    }
    assertEquals(total, seen.size());
    JsonNode hers = get("/clusters/openpbs/jobs?owner=dora&state=QUEUED&queue=batch");
    assertEquals(MORE_JOBS, hers.path("total").asInt());
    assertEquals(100, hers.path("jobs").size());
    String csv = response("/clusters/openpbs/jobs?owner=dora&limit=1000&format=csv").body();
    assertEquals(MORE_JOBS + 1, csv.lines().count());
  }

  @Test
  void nodesAreThoseOfThePage() throws Exception {
    for (String cluster : List.of("torque", "openpbs")) {
      JsonNode shown = ask("nodes", "{'cluster':'" + cluster + "'}");
      JsonNode nodes = get("/clusters/" + cluster + "/nodes");
      assertEquals(shown.path("nodes"), nodes.path("nodes"));
      assertEquals(shown.path("owners"), nodes.path("owners"));
      String csv = response("/clusters/" + cluster + "/nodes?format=csv").body();
      assertEquals(nodes.path("nodes").size() + 1, csv.lines().count());
    }
  }

  @Test
  void oneJobIsAskedOfItsCluster() throws Exception {
    String id = get("/clusters/torque/jobs?limit=1").at("/jobs/0/jobId").asText();
    record(id);
    JsonNode detail = get("/clusters/torque/jobs/" + id);
    assertEquals(id, detail.at("/job/jobId").asText());
    assertTrue(detail.path("text").asText().contains("Job_Owner"), detail::toString);
    assertEquals(ask("job", "{'cluster':'torque','jobId':'" + id + "'}"), detail);
  }

  /** The scheduler is asked for one job by a call that the recording has no answer to. */
  private static void record(String id) throws Exception {
    Path recording = directory.resolve("torque");
    String jobs = Files.readString(recording.resolve("qstat-fxt.out"), StandardCharsets.ISO_8859_1);
    String start = "<Job><Job_Id>" + id + "</Job_Id>";
    String job = jobs.substring(jobs.indexOf(start), jobs.indexOf("</Job>", jobs.indexOf(start)));
    Files.writeString(
        recording.resolve("one.out"),
        "<Data>" + job + "</Job></Data>",
        StandardCharsets.ISO_8859_1);
    Files.writeString(
        recording.resolve("answers.tsv"),
        "one.out\tqstat -x " + id + "\n",
        StandardOpenOption.APPEND);
  }

  @Test
  void whereAJobFitsIsThatOfThePage() throws Exception {
    JsonNode shown = ask("fit", "{'nodes':2,'slotsPerNode':4}").path("choices");
    JsonNode choices = get("/fit?nodes=2&slotsPerNode=4").path("choices");
    Set<String> clusters = new HashSet<>();
    choices.forEach(choice -> clusters.add(choice.path("cluster").asText()));
    assertEquals(Set.of("torque", "openpbs"), clusters);
    assertEquals(shown.findValues("queue"), choices.findValues("queue"));
  }

  @Test
  void thePastIsThatOfThePage() throws Exception {
    long to = System.currentTimeMillis() + 60_000;
    long from = to - 3_600_000;
    String range = "from=" + from + "&to=" + to;
    String fields = "'fromEpochMillis':" + from + ",'toEpochMillis':" + to + "}";
    String series = "'dimension':'user','measure':'runningSlots',";
    String history = "/clusters/torque/history?dimension=user&measure=runningSlots&" + range;
    Eventually.eventually("a history", () -> get(history).path("series").size() > 1);
    same("history", "{'cluster':'torque'," + series + fields, history);
    same("events", "{'cluster':'torque'," + fields, "/clusters/torque/events?" + range);
    same("feed", "{'cluster':'torque'," + fields, "/clusters/torque/changes?" + range);
    same("waits", "{" + fields, "/waits?" + range);
    Eventually.eventually(
        "both clusters in the picture of a moment ago",
        () -> get("/at?at=" + (System.currentTimeMillis() - 1)).path("summaries").size() == 2);
    assertTrue(
        response("/clusters/torque/history?dimension=user&measure=runningSlots&past=1h&format=csv")
            .body()
            .contains(",slots,,total,"));
  }

  @Test
  void theDescriptionNamesTheAddresses() throws Exception {
    JsonNode paths = get("/openapi.json").path("paths");
    assertTrue(paths.has("/clusters/{cluster}/history"), paths::toString);
    HttpResponse<String> refusal = response("/clusters/torque/jobs?limit=ten");
    assertEquals(400, refusal.statusCode());
    assertEquals(
        "limit: must be a whole number", JSON.readTree(refusal.body()).path("detail").asText());
  }
}
