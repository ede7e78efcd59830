package org.qstatmesh.it.nodes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.it.kit.Eventually;
import org.qstatmesh.it.kit.GridClient;
import org.qstatmesh.it.kit.ManyProbes;
import org.qstatmesh.it.kit.MeshProcess;
import org.qstatmesh.it.kit.StoredHistory;

/** The line between two halves of a mesh is cut, and mended. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class PartitionIT {
  private static final int CLUSTERS = 20;
  private static final Duration TAKEN_OVER = Duration.ofSeconds(16);

  @TempDir private Path directory;

  @BeforeEach
  void onlyWhereNetworksCanBeMade() {
    String whyNot = SplitNetwork.whyNot();
    assumeTrue(whyNot == null, whyNot);
  }

  /** How long the line is cut. */
  Duration cut() {
    return Duration.ofSeconds(25);
  }

  @Test
  void bothSidesServeAndEverySampleIsKeptOnce() throws Exception {
    try (SplitNetwork network = new SplitNetwork();
        ManyProbes probes =
            ManyProbes.start(directory.resolve("probes"), List.of(), CLUSTERS, network.here());
        NodesRig rig = new NodesRig(directory, probes, network)) {
      MeshProcess keeper = rig.start("keeper", "store,broadcast,tunnel,poller");
      MeshProcess other = rig.start("other", "broadcast,tunnel,poller");
      String[] all = rig.clusters().toArray(String[]::new);
      try (GridClient here = GridClient.watching(keeper.page(), all);
          GridClient there = GridClient.watching(other.page(), all)) {
        here.watchOverview();
        there.watchOverview();
        awaitWhole(here, there);

        network.cut();
        long began = System.nanoTime();
        awaitNewsAfter(began + TAKEN_OVER.toNanos(), here, there, all);
        awaitNewsAfter(began + cut().toNanos(), here, there, all);
        network.heal();

        awaitWhole(here, there);
        long whole = System.nanoTime();
        awaitNewsAfter(whole, here, there, all);
        assertKeptOnce(keeper, here, there, all);
      }
    }
  }

  /** Two pollers, and each cluster has one of them. */
  private static void awaitWhole(GridClient here, GridClient there) throws Exception {
    Eventually.eventually(
        "two pollers share the clusters, as both sides see it",
        Eventually.PATIENCE,
        () -> isShared(here.overview()) && isShared(there.overview()),
        () -> here.overview() + "\n" + there.overview());
  }

  /** Whoever says nothing for ten seconds is taken for gone. */
  private static boolean isShared(JsonNode overview) {
    if (overview == null) {
      return false;
    }
    JsonNode nodes = overview.path("mesh").path("nodes");
    Set<String> polled = new HashSet<>();
    int polls = 0;
    for (JsonNode node : nodes) {
      for (JsonNode id : node.path("clusters")) {
        polled.add(id.asText());
        polls++;
      }
    }
    return nodes.size() == 2 && polls == CLUSTERS && polled.size() == CLUSTERS;
  }

  private static void awaitNewsAfter(long nanos, GridClient here, GridClient there, String... all)
      throws Exception {
    Eventually.eventually(
        "news of every cluster on both sides",
        Eventually.PATIENCE,
        () -> Stream.of(all).allMatch(id -> newest(here, id) > nanos && newest(there, id) > nanos),
        () ->
            Stream.of(all)
                .filter(id -> newest(here, id) <= nanos || newest(there, id) <= nanos)
                .map(id -> here.row(id) + "\n" + there.row(id))
                .collect(Collectors.joining("\n")));
  }

  private static long newest(GridClient client, String id) {
    List<GridClient.Arrived> rows = client.arrived(id);
    return rows.get(rows.size() - 1).nanos();
  }

  /** Whatever anybody saw on either side is in the history, and nothing is there twice. */
  private static void assertKeptOnce(
      MeshProcess keeper, GridClient here, GridClient there, String... all) throws Exception {
    Set<String> seen = new HashSet<>();
    for (String id : all) {
      for (GridClient side : List.of(here, there)) {
        side.arrived(id).stream()
            .map(row -> row.row().path("snapshotId").asText(null))
            .filter(snapshot -> snapshot != null)
            .forEach(snapshot -> seen.add(id + " " + snapshot));
      }
    }
    assertTrue(seen.size() > CLUSTERS * 30, "samples: " + seen.size());
    Set<String> missing = new HashSet<>(seen);
    Eventually.eventually(
        "everything seen is kept",
        Eventually.PATIENCE,
        () -> {
          StoredHistory.read(keeper.database()).forEach(sample -> missing.remove(sample.name()));
          return missing.isEmpty();
        },
        missing::toString);
    List<String> kept =
        StoredHistory.read(keeper.database()).stream().map(StoredHistory.Sample::name).toList();
    assertEquals(kept.size(), Set.copyOf(kept).size(), "no sample is kept twice");
    System.out.printf("partition.samples %d samples%n", seen.size());
  }
}
