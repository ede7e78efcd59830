package org.qstatmesh.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.qstatmesh.it.kit.Eventually;
import org.qstatmesh.it.kit.FakeScheduler;
import org.qstatmesh.it.kit.GridClient;
import org.qstatmesh.it.kit.MeshConf;
import org.qstatmesh.it.kit.MeshProcess;
import org.qstatmesh.it.kit.ProbeProcess;
import org.qstatmesh.it.kit.Sshd;

/**
 * A cluster whose probe keeps a summary a second, whose numbers change while nobody looks, and what
 * is in the database afterwards.
 */
final class BackfillRig implements AutoCloseable {
  static final String CLUSTER = "torque";

  /** Free cores as recorded, and with the node n008 offline. */
  static final int FREE = 31;

  static final int FREE_WHILE_AWAY = 7;

  private static final int SAMPLES_AWAY = 6;

  final ProbeProcess probe;
  private final Path directory;
  private final FakeScheduler scheduler;

  BackfillRig(Path directory) throws Exception {
    this.directory = directory;
    scheduler = FakeScheduler.torque(directory.resolve("torque"));
    probe = ProbeProcess.serving(scheduler, "--backfill-step", "1");
  }

  /** A mesh without any history. */
  MeshProcess mesh(String name) throws Exception {
    return MeshProcess.start(
        MeshConf.in(directory.resolve(name + "-conf"), 10).direct(CLUSTER, probe.endpoint()),
        directory.resolve(name));
  }

  /** A mesh without any history that reaches the probe through ssh. */
  MeshProcess meshBehind(Sshd sshd) throws Exception {
    return MeshProcess.start(
        MeshConf.in(directory.resolve("ssh-conf"), 8).throughSsh(CLUSTER, probe.endpoint(), sshd),
        directory.resolve("ssh-data"));
  }

  /** The probe takes some samples with other numbers than before and after. */
  void otherNumbersForAWhile() throws Exception {
    scheduler.edit("pbsnodes-x.out", nodes -> state(nodes, "free", "offline"));
    scheduler.countCalls();
    Eventually.eventually(
        "the probe goes on by itself", () -> scheduler.calls("pbsnodes -x") > SAMPLES_AWAY);
    scheduler.edit("pbsnodes-x.out", nodes -> state(nodes, "offline", "free"));
  }

  private static String state(String nodes, String from, String to) {
    return nodes.replaceFirst("(<name>n008</name><state>)" + from, "$1" + to);
  }

  static void awaitSamples(MeshProcess mesh) throws Exception {
    Eventually.eventually(
        "some samples",
        () -> number(mesh, "SELECT count(*) FROM sample WHERE slots_free = 31") > 2);
  }

  /** What the probe counted meanwhile is there, marked, between what was seen live, and once. */
  static void awaitFilledIn(MeshProcess mesh, long newestBefore) throws Exception {
    String away = " FROM sample WHERE slots_free = " + FREE_WHILE_AWAY;
    Eventually.eventually(
        "what was missed",
        Eventually.PATIENCE,
        () -> number(mesh, "SELECT count(*)" + away) >= SAMPLES_AWAY - 1,
        mesh::log);
    assertEquals(0, number(mesh, "SELECT count(*)" + away + " AND backfilled = 0"));
    assertEquals(
        0, number(mesh, "SELECT count(*) - count(DISTINCT snapshot_id) FROM sample"), "doubled");
    String marked = " FROM sample WHERE backfilled = 1";
    long firstLiveAfter =
        number(
            mesh,
            "SELECT min(observed_at_epoch_millis) FROM sample WHERE backfilled = 0"
                + " AND observed_at_epoch_millis > "
                + newestBefore);
    assertTrue(
        number(mesh, "SELECT min(observed_at_epoch_millis)" + marked) > newestBefore,
        "marked before contact was lost");
    assertTrue(
        number(mesh, "SELECT max(observed_at_epoch_millis)" + marked) < firstLiveAfter,
        "marked after contact was back");
    LogRules.assertNoException(mesh.log());
  }

  static long newest(MeshProcess mesh) throws SQLException {
    return number(mesh, "SELECT max(observed_at_epoch_millis) FROM sample");
  }

  /** No row of the page showed the past as the present. */
  static void assertOnlyNewsWasShown(GridClient client) {
    for (GridClient.Arrived arrived : client.arrived(CLUSTER)) {
      JsonNode slots = arrived.row().path("slots");
      assertTrue(
          slots.isNull() || slots.path("free").asInt() == FREE, () -> arrived.row().toString());
    }
  }

  static long number(MeshProcess mesh, String query) throws SQLException {
    String url = "jdbc:sqlite:" + mesh.data().resolve("qstat-mesh.db") + "?busy_timeout=30000";
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      return rows.getLong(1);
    }
  }

  @Override
  public void close() {
    probe.close();
  }
}
