package org.qstatmesh.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.it.kit.Eventually;
import org.qstatmesh.it.kit.GridClient;
import org.qstatmesh.it.kit.MeshProcess;
import org.qstatmesh.it.kit.Sshd;

/** A server that was away, or never there, has the history that the probe kept for it. */
@Timeout(300)
class BackfillIT {
  private static final long MINUTE = 60_000;

  @TempDir private Path directory;

  @Test
  void aMeshThatWasKilledFindsWhatItMissed() throws Exception {
    try (BackfillRig rig = new BackfillRig(directory);
        MeshProcess mesh = rig.mesh("data")) {
      BackfillRig.awaitSamples(mesh);
      mesh.process().kill();
      long newestBefore = BackfillRig.newest(mesh);
      rig.otherNumbersForAWhile();
      mesh.start();
      try (GridClient client = GridClient.watching(mesh.page(), BackfillRig.CLUSTER)) {
        client.awaitHealthy(BackfillRig.CLUSTER);
        BackfillRig.awaitFilledIn(mesh, newestBefore);
        BackfillRig.assertOnlyNewsWasShown(client);
      }
      aMeshThatNeverWasThereHasTheHistoryToo(rig, newestBefore / MINUTE * MINUTE);
    }
  }

  /** A whole minute before its first poll: without back-fill its values are null. */
  private static void aMeshThatNeverWasThereHasTheHistoryToo(BackfillRig rig, long minute)
      throws Exception {
    Eventually.eventually(
        "the next minute",
        Eventually.PATIENCE.multipliedBy(2),
        () -> System.currentTimeMillis() > minute + MINUTE,
        () -> "");
    try (MeshProcess mesh = rig.mesh("new-data");
        GridClient client = GridClient.watching(mesh.page(), BackfillRig.CLUSTER)) {
      client.awaitHealthy(BackfillRig.CLUSTER);
      Eventually.eventually(
          "a value in the minute before", () -> runningIn(minute, client).isPresent());
      assertEquals(
          ClusterTruth.torque().row().path("slots").path("used").asDouble(),
          runningIn(minute, client).orElseThrow());
      assertEquals(
          List.of(),
          BackfillRig.samples(
              mesh,
              sample -> !sample.backfilled() && sample.observedAtEpochMillis() < minute + MINUTE));
    }
  }

  /** All users' running cores in one minute, as a browser hears it; empty for null. */
  private static OptionalDouble runningIn(long minute, GridClient client) throws Exception {
    JsonNode answer =
        client.ask(
            "grid.history.query", Questions.history(BackfillRig.CLUSTER, minute, minute + MINUTE));
    assertEquals(MINUTE, answer.path("stepMillis").asLong(), answer::toString);
    OptionalDouble running = OptionalDouble.empty();
    for (JsonNode series : answer.path("series")) {
      JsonNode value = series.path("values").path(0);
      if (value.isNumber()) {
        running = OptionalDouble.of(running.orElse(0) + value.asDouble());
      }
    }
    return running;
  }

  @Test
  void aLinkThatWasCutIsNoGap() throws Exception {
    try (Sshd sshd = Sshd.start(directory.resolve("ssh"));
        BackfillRig rig = new BackfillRig(directory);
        MeshProcess mesh = rig.meshBehind(sshd)) {
      BackfillRig.awaitSamples(mesh);
      sshd.stop();
      long newestBefore = newestBeforeTheFailure(mesh);
      rig.otherNumbersForAWhile();
      try (GridClient client = GridClient.watching(mesh.page(), BackfillRig.CLUSTER)) {
        sshd.start();
        client.awaitHealthy(BackfillRig.CLUSTER);
        BackfillRig.awaitFilledIn(mesh, newestBefore);
        BackfillRig.assertOnlyNewsWasShown(client);
      }
    }
  }

  /** When the last sample before the link was cut was true; it is stored. */
  private static long newestBeforeTheFailure(MeshProcess mesh) throws Exception {
    try (GridClient client = GridClient.watching(mesh.page(), BackfillRig.CLUSTER)) {
      JsonNode row = client.awaitFailure(BackfillRig.CLUSTER, "SSH_UNREACHABLE");
      long newest = row.path("observedAtEpochMillis").asLong();
      Eventually.eventually(
          "all that was taken is stored", () -> BackfillRig.newest(mesh) == newest);
      return newest;
    }
  }
}
