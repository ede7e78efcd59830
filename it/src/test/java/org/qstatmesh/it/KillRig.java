package org.qstatmesh.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.qstatmesh.it.kit.Eventually;
import org.qstatmesh.it.kit.FakeScheduler;
import org.qstatmesh.it.kit.GridClient;
import org.qstatmesh.it.kit.MeshConf;
import org.qstatmesh.it.kit.MeshProcess;
import org.qstatmesh.it.kit.ProbeProcess;
import org.qstatmesh.it.kit.StoredHistory;
import org.qstatmesh.it.kit.StoredHistory.Sample;

/** A mesh with one cluster that has news every second, and what is in its database. */
final class KillRig implements AutoCloseable {
  static final String CLUSTER = "torque";

  private static final int NEW_SAMPLES = 3;

  final ProbeProcess probe;
  final MeshProcess mesh;

  /** What was committed when the mesh was killed last. */
  private Set<String> stored = Set.of();

  KillRig(Path directory) throws Exception {
    probe = ProbeProcess.serving(FakeScheduler.torque(directory.resolve("torque")));
    MeshConf conf = MeshConf.in(directory.resolve("conf"), 10).direct(CLUSTER, probe.endpoint());
    mesh = MeshProcess.start(conf, directory.resolve("data"));
  }

  /** Waits for some more samples, remembers all that are committed, and kills the mesh. */
  void killWhileItStores() throws Exception {
    int before = stored.size();
    Eventually.eventually("more samples", () -> samples().size() >= before + NEW_SAMPLES);
    stored = samples();
    mesh.process().kill();
  }

  /** Every sample that was committed is there, and the history goes on where it was. */
  void assertNothingLost() throws Exception {
    assertTrue(samples().containsAll(stored), "a committed sample is gone");
    assertEquals("ok", text("PRAGMA integrity_check"));
    int before = stored.size();
    Eventually.eventually("the history goes on", () -> samples().size() > before);
    long now = System.currentTimeMillis();
    try (GridClient client = GridClient.watching(mesh.page(), CLUSTER)) {
      JsonNode history =
          client.ask("grid.history.query", Questions.history(CLUSTER, now - 3_600_000, now));
      assertTrue(history.path("series").size() > 0, history::toString);
      assertTrue(history.path("times").size() > 0, history::toString);
    }
  }

  /** A row with the picture of before, though nothing answers now. */
  void assertLastPictureIsShown() throws Exception {
    try (GridClient client = GridClient.watching(mesh.page(), CLUSTER)) {
      JsonNode row =
          client.awaitRow(
              CLUSTER,
              "the last picture under a failure",
              any -> !any.path("failure").isNull() && any.path("slots").isObject());
      assertEquals(ClusterTruth.torque().row().path("slots"), row.path("slots"));
      assertTrue(stored.contains(row.path("snapshotId").asText()), row::toString);
    }
  }

  /** Ids of the snapshots in the database, as another process sees them. */
  private Set<String> samples() throws SQLException {
    return StoredHistory.read(mesh.database()).stream()
        .map(Sample::snapshotId)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private String text(String query) throws SQLException {
    try (Connection connection = StoredHistory.open(mesh.database());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      return rows.getString(1);
    }
  }

  @Override
  public void close() {
    mesh.close();
    probe.close();
  }
}
