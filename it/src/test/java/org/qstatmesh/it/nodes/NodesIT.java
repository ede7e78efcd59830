package org.qstatmesh.it.nodes;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.it.kit.GridClient;
import org.qstatmesh.it.kit.MeshConf;
import org.qstatmesh.it.kit.MeshProcess;

/** Three nodes: one keeps and shows, two poll. */
@Timeout(300)
class NodesIT {
  private static final int CLUSTERS = 60;

  /** Fifteen seconds and the interval of one. */
  private static final Duration TAKEN_OVER = Duration.ofSeconds(16);

  @TempDir private Path directory;

  private static List<String> polledBy(JsonNode overview, String node) {
    List<String> clusters = new ArrayList<>();
    overview
        .path("mesh")
        .path("nodes")
        .forEach(
            one -> {
              if (one.path("node").asText().equals(node)) {
                one.path("clusters").forEach(id -> clusters.add(id.asText()));
              }
            });
    return clusters;
  }

  /** Whether each cluster is polled by exactly one of the two, and each has some. */
  private static boolean shared(JsonNode overview, List<String> all) {
    List<String> a = polledBy(overview, "poller-a");
    List<String> b = polledBy(overview, "poller-b");
    return a.size() > CLUSTERS / 5
        && b.size() > CLUSTERS / 5
        && a.size() + b.size() == all.size()
        && all.stream().allMatch(id -> a.contains(id) != b.contains(id));
  }

  @Test
  void pollersShareTheClustersAndTakeOverWhatADeadOnePolled() throws Exception {
    try (NodesRig rig = new NodesRig(directory, CLUSTERS)) {
      MeshProcess front = rig.start("front", "store,broadcast");
      rig.start("poller-a", "tunnel,poller");
      String[] all = rig.clusters().toArray(String[]::new);
      try (GridClient client = GridClient.watching(front.page(), all)) {
        client.watchOverview();
        for (String id : all) {
          client.awaitHealthy(id);
        }
        MeshProcess second = rig.start("poller-b", "tunnel,poller");
        client.awaitOverview("both have a share", overview -> shared(overview, rig.clusters()));

        second.process().kill();
        long killed = System.nanoTime();
        long settled = killed + TAKEN_OVER.toNanos();
        for (String id : all) {
          client.awaitRow(id, "news long after the death", row -> newest(client, id) > settled);
          assertTrue(longestGap(client, id, killed).compareTo(TAKEN_OVER) < 0, id);
        }
        client.awaitOverview(
            "one polls all", overview -> polledBy(overview, "poller-a").size() == CLUSTERS);
      }
    }
  }

  @Test
  void whoHasNoCertificateOfTheMeshLearnsNothing() throws Exception {
    try (NodesRig rig = new NodesRig(directory, 3)) {
      MeshProcess front = rig.start("front", "store,broadcast");
      rig.start("poller-a", "tunnel,poller");
      String[] all = rig.clusters().toArray(String[]::new);
      MeshConf foreign = rig.conf("stranger", rig.certificate("another-authority", "stranger"));
      MeshProcess stranger = rig.start("stranger", foreign, "broadcast");
      MeshProcess second = rig.start("second", "broadcast");
      try (GridClient client = GridClient.watching(front.page(), all);
          GridClient other = GridClient.watching(second.page(), all);
          GridClient outside = GridClient.watching(stranger.page(), all)) {
        for (String id : all) {
          client.awaitHealthy(id);
          other.awaitHealthy(id);
        }
        long now = System.nanoTime();
        for (String id : all) {
          client.awaitRow(id, "news beside a stranger", row -> newest(client, id) > now);
          outside.awaitRow(id, "a row", row -> true);
          for (GridClient.Arrived row : outside.arrived(id)) {
            assertTrue(row.row().path("observedAtEpochMillis").isNull(), row.row().toString());
          }
        }
      }
    }
  }

  @Test
  void aClusterThatNoPollerMayPollSaysSoUntilOneComes() throws Exception {
    try (NodesRig rig = new NodesRig(directory, 3)) {
      rig.pin("c2", "site-z");
      MeshProcess front = rig.start("front", "store,broadcast");
      rig.start("poller-a", "tunnel,poller");
      try (GridClient client = GridClient.watching(front.page(), "c0", "c2")) {
        client.awaitHealthy("c0");
        JsonNode row =
            client.awaitRow(
                "c2",
                "nobody polls it",
                Duration.ofSeconds(20),
                one -> "NO_POLLER".equals(GridClient.failureCode(one)));
        assertTrue(row.path("failure").path("hint").asText().endsWith("one of: site-z"));
        assertTrue(GridClient.healthy(client.row("c0")));
        rig.start("poller-z", "tunnel,poller", "site-z");
        client.awaitHealthy("c2");
      }
    }
  }

  private static long newest(GridClient client, String id) {
    List<GridClient.Arrived> rows = client.arrived(id);
    return rows.get(rows.size() - 1).nanos();
  }

  /** The longest time without a row of a cluster, from a moment on. */
  private static Duration longestGap(GridClient client, String id, long fromNanos) {
    long last = fromNanos;
    long longest = 0;
    for (GridClient.Arrived row : client.arrived(id)) {
      if (row.nanos() > fromNanos) {
        longest = Math.max(longest, row.nanos() - last);
        last = row.nanos();
      }
    }
    return Duration.ofNanos(longest);
  }
}
