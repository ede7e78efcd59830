package org.qstatmesh.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.qstatmesh.it.kit.Eventually;
import org.qstatmesh.it.kit.FakeScheduler;
import org.qstatmesh.it.kit.GridClient;
import org.qstatmesh.it.kit.MeshConf;
import org.qstatmesh.it.kit.MeshProcess;
import org.qstatmesh.it.kit.ProbeProcess;
import org.qstatmesh.it.kit.Sshd;
import org.qstatmesh.it.kit.StoredHistory;
import org.qstatmesh.it.kit.StoredHistory.Sample;

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
        "some samples", () -> samples(mesh, sample -> sample.freeSlots() == FREE).size() > 2);
  }

  /** What the probe counted meanwhile is there, marked, between what was seen live, and once. */
  static void awaitFilledIn(MeshProcess mesh, long newestBefore) throws Exception {
    Predicate<Sample> away = sample -> sample.freeSlots() == FREE_WHILE_AWAY;
    Eventually.eventually(
        "what was missed",
        Eventually.PATIENCE,
        () -> samples(mesh, away).size() >= SAMPLES_AWAY - 1,
        mesh::log);
    assertEquals(List.of(), samples(mesh, away.and(sample -> !sample.backfilled())));
    List<Sample> all = samples(mesh, sample -> true);
    assertEquals(all.size(), all.stream().map(Sample::snapshotId).distinct().count(), "doubled");
    // A mesh that is slow to start also fills in what came before its first poll.
    LongSummaryStatistics filledIn = times(all.stream().filter(away));
    List<Sample> live = all.stream().filter(sample -> !sample.backfilled()).toList();
    assertTrue(
        live.stream().anyMatch(sample -> sample.observedAtEpochMillis() == newestBefore),
        "what was seen live is marked");
    assertTrue(filledIn.getMin() > newestBefore, "marked before contact was lost");
    long firstLiveAfter =
        times(live.stream().filter(sample -> sample.observedAtEpochMillis() > newestBefore))
            .getMin();
    assertTrue(filledIn.getMax() < firstLiveAfter, "marked after contact was back");
    LogRules.assertNoException(mesh.log());
  }

  static long newest(MeshProcess mesh) throws SQLException {
    return times(samples(mesh, sample -> true).stream()).getMax();
  }

  private static LongSummaryStatistics times(Stream<Sample> samples) {
    return samples.mapToLong(Sample::observedAtEpochMillis).summaryStatistics();
  }

  /** No row of the page showed the past as the present. */
  static void assertOnlyNewsWasShown(GridClient client) {
    for (GridClient.Arrived arrived : client.arrived(CLUSTER)) {
      JsonNode slots = arrived.row().path("slots");
      assertTrue(
          slots.isNull() || slots.path("free").asInt() == FREE, () -> arrived.row().toString());
    }
  }

  static List<Sample> samples(MeshProcess mesh, Predicate<Sample> wanted) throws SQLException {
    return StoredHistory.read(mesh.database()).stream().filter(wanted).toList();
  }

  @Override
  public void close() {
    probe.close();
  }
}
