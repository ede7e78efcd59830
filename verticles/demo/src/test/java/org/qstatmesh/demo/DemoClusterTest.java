package org.qstatmesh.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.demo.simulation.BatchSystem;
import org.qstatmesh.demo.simulation.SimNode;
import org.qstatmesh.wire.Node;
import org.qstatmesh.wire.ProbeErrorCode;
import org.qstatmesh.wire.ProbeReply;
import org.qstatmesh.wire.Snapshot;

@Timeout(60)
class DemoClusterTest {
  private static final Instant START = Instant.ofEpochSecond(Played.NOW);

  @TempDir Path home;

  @Test
  void aDyingProbeRefusesAndComesBackAtItsPortWithTheNewPicture() throws Exception {
    BatchSystem batch = Played.cluster(Played.plan("kestrel"), 1, 5);
    try (DemoCluster cluster = new DemoCluster(Played.plan("kestrel"), batch, home, START)) {
      assertEquals(used(batch), used(snapshot(cluster)));
      cluster.advanceTo(START.plusSeconds(99));
      assertFalse(Ask.refuses(cluster.probeAddress()));
      cluster.advanceTo(START.plusSeconds(100));
      assertTrue(Ask.refuses(cluster.probeAddress()));
      cluster.advanceTo(START.plusSeconds(174));
      assertTrue(Ask.refuses(cluster.probeAddress()));
      cluster.advanceTo(START.plusSeconds(175));
      assertEquals(used(batch), used(snapshot(cluster)));
    }
  }

  @Test
  void aHungSchedulerIsNamedAndHeals() throws Exception {
    BatchSystem batch = Played.cluster(Played.plan("juniper"), 1, 5);
    try (DemoCluster cluster = new DemoCluster(Played.plan("juniper"), batch, home, START)) {
      cluster.advanceTo(START.plusSeconds(220));
      ProbeReply hung = Ask.snapshot(cluster.probeAddress());
      assertEquals(
          ProbeErrorCode.DRMS_TIMEOUT.name(),
          assertInstanceOf(ProbeReply.Failed.class, hung).error().code());
      cluster.advanceTo(START.plusSeconds(300));
      ProbeReply reply = Ask.snapshot(cluster.probeAddress());
      for (int again = 0; again < 5 && reply instanceof ProbeReply.Failed; again++) {
        reply = Ask.snapshot(cluster.probeAddress());
      }
      Snapshot healed = assertInstanceOf(ProbeReply.OfSnapshot.class, reply).snapshot();
      assertEquals(used(batch), used(healed));
    }
  }

  @Test
  void afterCloseNothingServes() throws Exception {
    BatchSystem batch = Played.cluster(Played.plan("birch"), 1, 5);
    DemoCluster cluster = new DemoCluster(Played.plan("birch"), batch, home, START);
    assertFalse(Ask.refuses(cluster.probeAddress()));
    cluster.close();
    assertTrue(Ask.refuses(cluster.probeAddress()));
    cluster.close();
  }

  private static Snapshot snapshot(DemoCluster cluster) throws Exception {
    ProbeReply reply = Ask.snapshot(cluster.probeAddress());
    return assertInstanceOf(ProbeReply.OfSnapshot.class, reply).snapshot();
  }

  private static int used(BatchSystem batch) {
    return batch.nodes().stream().mapToInt(SimNode::usedCores).sum();
  }

  private static int used(Snapshot snapshot) {
    return snapshot.nodes().stream().mapToInt(Node::usedSlots).sum();
  }
}
