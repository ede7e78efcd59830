package org.qstatmesh.it.nodes;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.it.kit.Eventually;
import org.qstatmesh.it.kit.GridClient;
import org.qstatmesh.it.kit.MeshProcess;

/** Two nodes that show, each to browsers of its own. */
@Timeout(300)
class BroadcastNodesIT {
  private static final int CLUSTERS = 20;

  /** What one has, the other has. */
  private static final Duration BOTH = Duration.ofSeconds(2);

  @TempDir private Path directory;

  @Test
  void bothShowTheSameAndOneIsEnough() throws Exception {
    try (NodesRig rig = new NodesRig(directory, CLUSTERS)) {
      rig.start("back", "store,tunnel,poller");
      MeshProcess left = rig.start("left", "broadcast");
      MeshProcess right = rig.start("right", "broadcast");
      String[] all = rig.clusters().toArray(String[]::new);
      try (GridClient here = GridClient.watching(left.page(), all);
          GridClient there = GridClient.watching(right.page(), all)) {
        for (String id : all) {
          here.awaitHealthy(id);
          there.awaitHealthy(id);
        }
        assertSame(here, there, all);
        assertSame(there, here, all);

        left.process().kill();
        long killed = System.nanoTime();
        try (GridClient moved = GridClient.watching(right.page(), all)) {
          for (String id : all) {
            moved.awaitRow(id, "everything at once", BOTH, GridClient::healthy);
          }
        }
        assertNothingLost(there, killed, all);
      }
    }
  }

  /** Whichever snapshots one gets from now on, the other gets. */
  private static void assertSame(GridClient one, GridClient other, String... all) throws Exception {
    for (String id : List.of(all[0], all[all.length - 1])) {
      int soFar = one.arrived(id).size();
      Eventually.eventually("five more", () -> one.arrived(id).size() >= soFar + 5);
      List<String> snapshots = snapshots(one, id, soFar, soFar + 5).toList();
      Eventually.eventually(
          "the other has them",
          BOTH,
          () -> snapshots(other, id, 0, other.arrived(id).size()).toList().containsAll(snapshots),
          () -> snapshots + " " + other.row(id));
    }
  }

  private static Stream<String> snapshots(GridClient client, String id, int from, int to) {
    return client.arrived(id).subList(from, to).stream()
        .map(row -> row.row().path("snapshotId").asText());
  }

  /** Rows come as before. */
  private static void assertNothingLost(GridClient client, long since, String... all)
      throws Exception {
    long end = since + Duration.ofSeconds(8).toNanos();
    for (String id : all) {
      client.awaitRow(id, "news long after", row -> newest(client, id) > end);
      List<GridClient.Arrived> rows = client.arrived(id);
      for (int next = 1; next < rows.size(); next++) {
        long gap = rows.get(next).nanos() - rows.get(next - 1).nanos();
        assertTrue(gap < Duration.ofSeconds(4).toNanos(), id + " was " + gap + " ns without news");
      }
    }
  }

  private static long newest(GridClient client, String id) {
    List<GridClient.Arrived> rows = client.arrived(id);
    return rows.get(rows.size() - 1).nanos();
  }
}
