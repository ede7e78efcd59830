package org.qstatmesh.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.qstatmesh.it.kit.Eventually;
import org.qstatmesh.it.kit.FakeScheduler;
import org.qstatmesh.it.kit.GridClient;
import org.qstatmesh.it.kit.GridClient.Arrived;
import org.qstatmesh.it.kit.MeshConf;
import org.qstatmesh.it.kit.MeshProcess;
import org.qstatmesh.it.kit.ProbeProcess;
import org.qstatmesh.it.kit.StoredHistory;
import org.qstatmesh.it.kit.StoredHistory.Sample;

/** A mesh with two clusters that have news every second, a browser, and the history's file. */
final class HistoryRig implements AutoCloseable {
  static final List<String> CLUSTERS = List.of("one", "two");

  /** From when the disk refuses, to when the overview says so. */
  static final Duration NOTICED = Duration.ofSeconds(15);

  /** From when the disk takes again, to when the overview says so. */
  static final Duration RESUMED = Duration.ofSeconds(30);

  /** One interval and one deadline. */
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(11);

  final MeshProcess mesh;
  final GridClient client;
  private final ProbeProcess probe;

  HistoryRig(Path directory, Path data) throws Exception {
    probe = ProbeProcess.serving(FakeScheduler.torque(directory.resolve("torque")));
    MeshConf conf = MeshConf.in(directory.resolve("conf"), 10);
    for (String cluster : CLUSTERS) {
      conf.direct(cluster, probe.endpoint());
    }
    try {
      mesh = MeshProcess.start(conf, data);
      client = GridClient.watching(mesh.page(), CLUSTERS.toArray(String[]::new));
      client.watchOverview();
    } catch (Exception | AssertionError e) {
      probe.close();
      throw e;
    }
  }

  /** Blocks until the overview says that the history is written, and some is. */
  void awaitWriting() throws Exception {
    client.awaitHistoryState("written", Eventually.PATIENCE, HistoryRig::isWriting);
    Eventually.eventually("samples", () -> samples().size() > CLUSTERS.size());
  }

  /** Blocks until the overview says that the history is paused; why, as it says. */
  String awaitPaused() throws Exception {
    List<String> reasons = new ArrayList<>();
    client.awaitHistoryState(
        "paused",
        NOTICED,
        state -> {
          if (!isWriting(state)) {
            reasons.add(state.path("reason").asText());
          }
          return !reasons.isEmpty();
        });
    return reasons.get(0);
  }

  void awaitResumed() throws Exception {
    client.awaitHistoryState("written again", RESUMED, HistoryRig::isWriting);
  }

  private static boolean isWriting(JsonNode state) {
    return state.path("writing").asBoolean(false);
  }

  /** Blocks until every cluster had so many rows more. */
  void awaitRows(int more) throws Exception {
    for (String cluster : CLUSTERS) {
      int wanted = client.arrived(cluster).size() + more;
      Eventually.eventually(
          more + " rows of " + cluster,
          Eventually.PATIENCE.plusSeconds(2L * more),
          () -> client.arrived(cluster).size() >= wanted,
          mesh::log);
    }
  }

  /** What a browser saw live is in the history, once; and no row was late. */
  void assertNothingIsMissing() throws Exception {
    Set<String> seen = new HashSet<>();
    for (String cluster : CLUSTERS) {
      List<Arrived> rows = client.arrived(cluster);
      for (int i = 0; i < rows.size(); i++) {
        JsonNode snapshot = rows.get(i).row().path("snapshotId");
        // The first row may be of a cluster that was not polled yet.
        if (!snapshot.isNull()) {
          seen.add(cluster + " " + snapshot.asText());
        }
        long silence = i == 0 ? 0 : rows.get(i).nanos() - rows.get(i - 1).nanos();
        assertTrue(silence < LONGEST_SILENCE.toNanos(), "no row of " + cluster + " for long");
      }
    }
    Eventually.eventually(
        "all that was seen is stored",
        Eventually.PATIENCE,
        () -> names(samples()).containsAll(seen),
        () -> "not stored: " + missing(seen) + "\n" + mesh.log());
    List<Sample> all = samples();
    assertEquals(all.size(), names(all).size(), "some are stored twice");
    assertEquals(
        1, lines("history of .* is kept in"), "the stage was not started anew\n" + mesh.log());
  }

  /** How many lines of the log have that in them. */
  long lines(String pattern) {
    return mesh.log().lines().filter(line -> line.matches(".*" + pattern + ".*")).count();
  }

  private List<Sample> samples() throws SQLException {
    return StoredHistory.read(mesh.database());
  }

  private static Set<String> names(List<Sample> samples) {
    Set<String> names = new HashSet<>();
    samples.forEach(sample -> names.add(sample.name()));
    return names;
  }

  private Set<String> missing(Set<String> seen) {
    Set<String> missing = new HashSet<>(seen);
    try {
      missing.removeAll(names(samples()));
    } catch (SQLException e) {
      missing.add(e.toString());
    }
    return missing;
  }

  @Override
  public void close() {
    client.close();
    mesh.close();
    probe.close();
  }
}
