package org.qstatmesh.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.it.kit.Checkout;
import org.qstatmesh.it.kit.Eventually;
import org.qstatmesh.it.kit.FakeScheduler;
import org.qstatmesh.it.kit.GridClient;
import org.qstatmesh.it.kit.MeshConf;
import org.qstatmesh.it.kit.MeshProcess;
import org.qstatmesh.it.kit.ProbeProcess;

/** Where a job fits, over two recorded clusters and one that does not answer. */
@Timeout(180)
class FitIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path directory;

  private static FakeScheduler torque;
  private static ProbeProcess torqueProbe;
  private static ProbeProcess openPbsProbe;
  private static MeshProcess mesh;

  @BeforeAll
  static void start() throws Exception {
    torque = FakeScheduler.torque(directory.resolve("torque"));
    torqueProbe = ProbeProcess.launch(torque);
    openPbsProbe = ProbeProcess.launch(FakeScheduler.openPbs(directory.resolve("openpbs")));
    torqueProbe.awaitServing();
    openPbsProbe.awaitServing();
    mesh =
        MeshProcess.start(
            MeshConf.in(directory.resolve("conf"), 10)
                .direct("torque", torqueProbe.endpoint())
                .direct("openpbs", openPbsProbe.endpoint())
                .direct("nowhere", "tcp://127.0.0.1:" + Checkout.freePort()),
            directory.resolve("data"));
  }

  @AfterAll
  static void stop() {
    for (AutoCloseable each : new AutoCloseable[] {mesh, torqueProbe, openPbsProbe}) {
      try {
        if (each != null) {
          each.close();
        }
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }
  }

  /** The numbers are worked out by hand from what {@link ClusterTruth} was counted from. */
  @Test
  void oneListOfAllClustersAndWhatChangesIsSeen() throws Exception {
    try (GridClient client = GridClient.watching(mesh.page(), "torque", "openpbs", "nowhere")) {
      client.awaitHealthy("torque");
      client.awaitHealthy("openpbs");
      client.awaitRow("nowhere", "is down", row -> row.path("status").asText().equals("DOWN"));

      JsonNode answer = client.ask("grid.fit.query", wanted());
      List<String> order = order(answer);
      assertEquals(
          List.of(
              "openpbs workq NOW 2 0",
              "openpbs gpu NOW 2 0",
              "openpbs long NOW 2 0",
              "openpbs express NOW 2 0",
              "torque gpu NOW 1 0",
              "torque long NOW 1 1",
              "torque batch NOW 1 2",
              "openpbs batch NOW 2 9"),
          order.subList(0, 8));
      assertTrue(order.contains("torque closed LATER 1 107"), order::toString);
      assertTrue(order.contains("openpbs disabled_q NEVER 2 0"), order::toString);
      assertEquals("nowhere null UNKNOWN null null", order.get(order.size() - 1));
      JsonNode silent = answer.path("choices").path(order.size() - 1);
      assertEquals("DOWN", silent.path("status").asText());
      assertEquals("NO_ANSWER", silent.path("queue").path("reasons").path(0).asText());
      assertTrue(answer.path("waitsKnown").asBoolean());

      // n008 is the only node of TORQUE with 16 free cores.
      torque.edit(
          "pbsnodes-x.out",
          nodes -> nodes.replaceFirst("(<name>n008</name><state>)free", "$1offline"));
      Eventually.eventually(
          "TORQUE has no room now",
          () ->
              order(client.ask("grid.fit.query", wanted().put("cluster", "torque")))
                  .contains("torque batch LATER 0 2"));
    }
    LogRules.assertNoException(mesh.log());
  }

  private static ObjectNode wanted() {
    return JSON.createObjectNode()
        .put("nodes", 1)
        .put("slotsPerNode", 16)
        .put("walltimeSeconds", 60);
  }

  private static List<String> order(JsonNode answer) {
    List<String> order = new ArrayList<>();
    for (JsonNode choice : answer.path("choices")) {
      JsonNode queue = choice.path("queue");
      order.add(
          choice.path("cluster").asText()
              + " "
              + queue.path("queueName").asText()
              + " "
              + queue.path("fits").asText()
              + " "
              + queue.path("matchingNodesFree").asText()
              + " "
              + queue.path("queuedJobs").asText());
    }
    return order;
  }
}
