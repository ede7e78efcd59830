package org.qstatmesh.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.qstatmesh.it.kit.FakeScheduler;
import org.qstatmesh.it.kit.GridClient;
import org.qstatmesh.it.kit.GridClient.Arrived;
import org.qstatmesh.it.kit.MeshConf;
import org.qstatmesh.it.kit.MeshProcess;
import org.qstatmesh.it.kit.ProbeProcess;
import org.qstatmesh.it.kit.Sshd;

/**
 * A mesh with a cluster that faults happen to and one beside it, each behind an sshd of its own.
 */
final class FaultRig implements AutoCloseable {
  static final String VICTIM = "victim";
  static final String STEADY = "steady";

  static final Duration INTERVAL = Duration.ofSeconds(1);

  /** Longer than the 5 s that a probe lets a request wait for a collection. */
  static final Duration DEADLINE = Duration.ofSeconds(8);

  final FakeScheduler scheduler;
  final ProbeProcess probe;
  final Sshd sshd;
  final MeshProcess mesh;
  private final ProbeProcess steadyProbe;
  private final Sshd steadySshd;

  FaultRig(Path directory) throws Exception {
    sshd = Sshd.start(directory.resolve("ssh"));
    steadySshd = Sshd.start(directory.resolve("steady-ssh"));
    scheduler = FakeScheduler.openPbs(directory.resolve("openpbs"));
    probe = ProbeProcess.serving(scheduler);
    steadyProbe = ProbeProcess.serving(FakeScheduler.torque(directory.resolve("torque")));
    MeshConf conf =
        MeshConf.in(directory.resolve("conf"), (int) DEADLINE.toSeconds())
            .throughSsh(VICTIM, probe.endpoint(), sshd)
            .throughSsh(STEADY, steadyProbe.endpoint(), steadySshd);
    mesh = MeshProcess.start(conf, directory.resolve("data"));
  }

  /** Fails when a row of the steady cluster that came after {@code before} others is not good. */
  static void assertUndisturbed(GridClient client, int before) {
    List<Arrived> rows = client.arrived(STEADY);
    assertTrue(rows.size() > before, "the steady row moved");
    for (int i = before; i < rows.size(); i++) {
      Arrived arrived = rows.get(i);
      assertTrue(GridClient.healthy(arrived.row()), () -> arrived.row().toString());
      long gapMillis = i == 0 ? 0 : (arrived.nanos() - rows.get(i - 1).nanos()) / 1_000_000;
      assertTrue(
          gapMillis < INTERVAL.plus(DEADLINE).toMillis(), "no news for " + gapMillis + " ms");
    }
    assertEquals(208, rows.get(rows.size() - 1).row().path("slots").path("total").asInt());
  }

  @Override
  public void close() {
    mesh.close();
    probe.close();
    steadyProbe.close();
    sshd.close();
    steadySshd.close();
  }
}
