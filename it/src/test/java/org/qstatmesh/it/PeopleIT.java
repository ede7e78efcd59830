package org.qstatmesh.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.it.kit.Eventually;
import org.qstatmesh.it.kit.GridClient;
import org.qstatmesh.it.kit.OneCluster;

/** From conf/people.json to what a row and its history say of labs. */
@Timeout(180)
class PeopleIT {
  private static final String CLUSTER = OneCluster.CLUSTER;

  /** Bob's person has other logins elsewhere; carol's has no lab, so that accounts count. */
  private static final String PEOPLE =
      """
      {"people": {"robert": {"title": "Robert B.", "lab": "wood", "logins": {"openpbs": "bob", "*": "alice"}},
                  "carol": {}},
       "labs": {"chemistry": {"title": "Chemistry", "accounts": {"openpbs": ["chem-acct"]}},
                "physics": {"groups": {"*": "phys"}}}}
      """;

  @TempDir private static Path directory;
  private static Path people;
  private static OneCluster cluster;

  @BeforeAll
  static void start() throws Exception {
    cluster = OneCluster.start(directory, Map.of("people.json", PEOPLE));
    people = cluster.conf().resolve("people.json");
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void labsAreToldInTheRowAndItsHistoryAndMayChangeWhileTheMeshRuns() throws Exception {
    try (GridClient client = GridClient.watching(cluster.mesh().page(), CLUSTER)) {
      client.watchOverview();
      assertWhoIsWho(client);
      JsonNode row = client.awaitRow(CLUSTER, "use by lab", PeopleIT::hasLabs);
      Map<String, Long> expected = slotsByLab(client);
      assertEquals(expected, slots(row.path("usage").path("lab")));
      assertTrue(expected.keySet().size() == 4, expected::toString);
      assertEquals(
          slots(row.path("usage").path("user")).values().stream().mapToLong(n -> n).sum(),
          expected.values().stream().mapToLong(n -> n).sum());
      assertHistory(client, expected);
      assertChanges(client);
    }
  }

  private static void assertWhoIsWho(GridClient client) throws Exception {
    JsonNode told = client.awaitOverview("people", body -> body.path("people").isObject());
    JsonNode robert = told.path("people").path("persons").path(0);
    assertEquals("Robert B.", robert.path("title").asText());
    assertEquals("bob", robert.path("logins").path(CLUSTER).path(0).asText());
    assertEquals(
        "chemistry physics wood",
        String.join(
            " ",
            told.path("people").path("labs").findValuesAsText("id").stream().sorted().toList()));
  }

  /** Running cores by lab, counted here from the jobs that the page can ask for. */
  private static Map<String, Long> slotsByLab(GridClient client) throws Exception {
    Map<String, Long> slots = new TreeMap<>();
    for (JsonNode job : client.ask("grid.jobs.query", Questions.jobs(CLUSTER)).path("jobs")) {
      if (job.path("jobState").asText().equals("RUNNING")) {
        slots.merge(
            labOf(job), job.path("slots").asLong() * job.path("taskCount").asLong(), Long::sum);
      }
    }
    slots.values().removeIf(n -> n == 0);
    return slots;
  }

  private static String labOf(JsonNode job) {
    if (job.path("jobOwner").asText().equals("bob")) {
      return "wood";
    }
    if (job.path("accountingId").asText().equals("chem-acct")) {
      return "chemistry";
    }
    return job.path("groupName").asText().equals("phys") ? "physics" : "";
  }

  private static Map<String, Long> slots(JsonNode uses) {
    Map<String, Long> slots = new TreeMap<>();
    uses.forEach(use -> slots.put(use.path("key").asText(), use.path("runningSlots").asLong()));
    slots.values().removeIf(n -> n == 0);
    return slots;
  }

  private static void assertHistory(GridClient client, Map<String, Long> expected)
      throws Exception {
    long now = System.currentTimeMillis();
    ObjectNode question = Questions.history(CLUSTER, now - 600_000, now + 600_000);
    question.put("dimension", "lab");
    Function<JsonNode, Map<String, Long>> named =
        answer -> {
          Map<String, Long> last = new TreeMap<>();
          for (JsonNode series : answer.path("series")) {
            series
                .path("values")
                .forEach(value -> putIfKnown(last, series.path("key").asText(), value));
          }
          answer.path("others").forEach(value -> putIfKnown(last, "", value));
          return last;
        };
    JsonNode[] answer = new JsonNode[1];
    Eventually.eventually(
        "the history by lab",
        Eventually.PATIENCE,
        () -> {
          answer[0] = client.ask("grid.history.query", question);
          return named.apply(answer[0]).equals(expected);
        },
        () -> expected + " is not in " + answer[0]);
  }

  private static void putIfKnown(Map<String, Long> last, String key, JsonNode value) {
    if (!value.isNull()) {
      last.put(key, Math.round(value.asDouble()));
    }
  }

  private static void assertChanges(GridClient client) throws Exception {
    write("{\"people\": {\"bob\": {\"logins\": {\"nowhere\": \"bob\"}}}}");
    cluster.mesh().process().awaitLine("people.json#/people/bob/logins/nowhere: is no cluster");
    assertTrue(hasLabs(client.row(CLUSTER)), "a broken change leaves the old one in force");
    write("{\"people\": {\"bob\": {\"lab\": \"metal\"}}}");
    client.awaitRow(
        CLUSTER,
        "another lab",
        row -> slots(row.path("usage").path("lab")).keySet().contains("metal"));
    Files.delete(people);
    client.awaitRow(CLUSTER, "no labs", row -> row.path("usage").path("lab").isNull());
    client.awaitOverview("nobody", body -> body.path("people").isNull());
  }

  private static boolean hasLabs(JsonNode row) {
    return row.path("usage").path("lab").isArray();
  }

  /** In one step, as editors do. */
  private static void write(String json) throws IOException {
    Path fresh = Files.writeString(people.resolveSibling("people.new"), json);
    Files.move(fresh, people, StandardCopyOption.ATOMIC_MOVE);
  }
}
