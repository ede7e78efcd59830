package org.qstatmesh.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.it.kit.Checkout;
import org.qstatmesh.it.kit.Eventually;
import org.qstatmesh.it.kit.FakeScheduler;
import org.qstatmesh.it.kit.MeshConf;
import org.qstatmesh.it.kit.MeshProcess;
import org.qstatmesh.it.kit.ProbeProcess;
import org.qstatmesh.it.kit.RunningProcess;

/** The packaged jar watches a mesh: its figures, and its messages. */
@Timeout(180)
class TailIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path directory;

  private static RunningProcess tail(MeshProcess mesh, String what, String... options)
      throws Exception {
    List<String> words = new ArrayList<>(List.of("tail", what));
    words.addAll(List.of("--data", mesh.data().toString()));
    words.addAll(List.of(options));
    return RunningProcess.start("tail", Checkout.mesh(words));
  }

  @Test
  void showsFiguresAndMessagesOfAMeshThatRuns() throws Exception {
    try (ProbeProcess probe = ProbeProcess.serving(FakeScheduler.torque(directory.resolve("t")))) {
      MeshConf conf =
          MeshConf.in(directory.resolve("conf"), 10)
              .direct("torque", probe.endpoint())
              .direct("silent", "tcp://127.0.0.1:" + Checkout.freePort());
      try (MeshProcess mesh = MeshProcess.start(conf, directory.resolve("data"))) {
        showsASnapshot(mesh);
        showsFigures(mesh);
        assertEquals(143, mesh.terminate());
        try (RunningProcess late = tail(mesh, "metrics")) {
          assertEquals(1, late.exitCode(Eventually.PATIENCE));
          assertTrue(late.output().contains("does the mesh run?"), late::output);
        }
      }
    }
  }

  private static void showsASnapshot(MeshProcess mesh) throws Exception {
    try (RunningProcess tail = tail(mesh, "mesh.snapshot.taken")) {
      String line = tail.awaitLine(".* mesh\\.snapshot\\.taken SnapshotTaken .*").group();
      JsonNode body = JSON.readTree(line.substring(line.indexOf('{')));
      assertEquals("torque", body.path("summary").path("cluster").asText(), line);
      assertTrue(body.path("summary").path("slots").path("total").asInt() > 0, line);
    }
  }

  private static void showsFigures(MeshProcess mesh) throws Exception {
    try (RunningProcess tail = tail(mesh, "metrics", "--json", "--seconds", "1")) {
      assertEquals(0, tail.exitCode(Eventually.PATIENCE), tail::output);
      assertFalse(tail.linesAfter(0).isEmpty(), tail::output);
    }
    try (RunningProcess tail = tail(mesh, "metrics", "--json")) {
      Eventually.eventually(
          "rates, and of each cluster whether it fails",
          Eventually.PATIENCE,
          () -> {
            List<String> lines = tail.linesAfter(0);
            return !lines.isEmpty()
                && isTold(JSON.readTree(lines.get(lines.size() - 1)).path("nodes").path(0));
          },
          tail::output);
    }
  }

  /** Rates are there when a node has told its counters twice. */
  private static boolean isTold(JsonNode node) {
    boolean counted = false;
    for (JsonNode address : node.path("addresses")) {
      counted |=
          address.path("address").asText().equals("mesh.node.figures")
              && address.path("outPerSecond").isNumber();
    }
    boolean right = true;
    for (JsonNode cluster : node.path("clusters")) {
      boolean silent = cluster.path("cluster").asText().equals("silent");
      right &= silent == cluster.path("failing").asBoolean();
    }
    return counted && right && node.path("clusters").size() == 2 && node.path("stages").size() == 5;
  }
}
