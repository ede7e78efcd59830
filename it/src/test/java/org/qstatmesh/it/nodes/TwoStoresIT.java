package org.qstatmesh.it.nodes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.it.kit.Eventually;
import org.qstatmesh.it.kit.GridClient;
import org.qstatmesh.it.kit.MeshConf;
import org.qstatmesh.it.kit.MeshProcess;
import org.qstatmesh.it.kit.StoredHistory;
import org.qstatmesh.store.PostgresServer;

/** Two nodes with role store and one PostgreSQL: one writes, the other takes over. */
@Timeout(300)
class TwoStoresIT {
  private static final int CLUSTERS = 10;
  private static final Duration TAKEN_OVER = Duration.ofSeconds(40);
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path directory;

  private PostgresServer server;

  private MeshConf conf(NodesRig rig, String node) throws Exception {
    return rig.conf(node, rig.certificate("authority", node))
        .store(store -> store.put("url", server.url("postgres")).put("user", "tester"));
  }

  /** What the store of a node says of itself; null for nothing. */
  private static String note(MeshProcess node) throws Exception {
    JsonNode store = JSON.readTree(node.ops("/stages")).get(0);
    assertEquals("UP", store.path("status").asText(), store.toString());
    return store.path("note").textValue();
  }

  private static JsonNode history(GridClient client, String cluster) throws Exception {
    long now = System.currentTimeMillis();
    ObjectNode question = JSON.createObjectNode();
    question
        .put("cluster", cluster)
        .put("dimension", "user")
        .put("measure", "runningSlots")
        .put("fromEpochMillis", now - 3_600_000)
        .put("toEpochMillis", now)
        .put("maxPoints", 600)
        .put("top", 3);
    return client.ask("grid.history.query", question);
  }

  private static boolean answers(GridClient client) throws Exception {
    return !history(client, "c0").path("series").isEmpty();
  }

  @Test
  void theOtherTakesOverAndNothingIsLostOrDoubled() throws Exception {
    assumeTrue(
        PostgresServer.programs().isPresent() || Boolean.getBoolean("postgresql.required"),
        "PostgreSQL is not installed");
    server = PostgresServer.start();
    try (NodesRig rig = new NodesRig(directory, CLUSTERS)) {
      MeshProcess front = rig.start("front", "broadcast,tunnel,poller");
      MeshConf first = conf(rig, "keeper-a");
      MeshProcess keeper = rig.start("keeper-a", first, "store");
      assertEquals(null, note(keeper));
      MeshProcess other = rig.start("keeper-b", conf(rig, "keeper-b"), "store");
      assertStandsBy(other, "keeper-a");
      String[] all = rig.clusters().toArray(String[]::new);
      try (GridClient client = GridClient.watching(front.page(), all)) {
        for (String id : all) {
          client.awaitHealthy(id);
        }
        Eventually.eventually("history is answered", () -> answers(client));
        assertTrue(note(other) != null, "still stands by");
        List<String> before = stored();
        assertFalse(before.isEmpty());

        keeper.process().kill();
        long killed = System.nanoTime();
        Eventually.eventually(
            "the other writes", TAKEN_OVER, () -> note(other) == null, other::log);
        long tookMillis = (System.nanoTime() - killed) / 1_000_000;
        Eventually.eventually("history is answered again", () -> answers(client));
        System.out.printf("stores.taken-over %d ms%n", tookMillis);

        MeshProcess back = rig.start("keeper-a", first, "store");
        assertStandsBy(back, "keeper-b");
        assertKeptOnce(client, before, all);
        assertEquals(null, note(other));
      }
    }
  }

  private static void assertStandsBy(MeshProcess node, String writer) throws Exception {
    String note = note(node);
    assertTrue(
        note != null
            && note.startsWith(
                "stands by: another store writes to this database: qstat-mesh writer of " + writer),
        note);
  }

  private List<String> stored() throws Exception {
    try (Connection connection = server.connect()) {
      return StoredHistory.read(connection).stream().map(StoredHistory.Sample::name).toList();
    }
  }

  /** Whatever was stored before, and whatever anybody saw, is there, and nothing is twice. */
  private void assertKeptOnce(GridClient client, List<String> before, String... all)
      throws Exception {
    Set<String> missing = new HashSet<>(before);
    for (String id : all) {
      List<GridClient.Arrived> rows = new ArrayList<>(client.arrived(id));
      rows.forEach(row -> missing.add(id + " " + row.row().path("snapshotId").asText()));
    }
    int seen = missing.size();
    assertTrue(seen > CLUSTERS * 5, "samples: " + seen);
    Eventually.eventually(
        "everything seen is kept",
        Eventually.PATIENCE,
        () -> {
          missing.removeAll(stored());
          return missing.isEmpty();
        },
        missing::toString);
    List<String> kept = stored();
    assertEquals(kept.size(), Set.copyOf(kept).size(), "no sample is kept twice");
    System.out.printf("stores.samples %d samples%n", seen);
  }
}
