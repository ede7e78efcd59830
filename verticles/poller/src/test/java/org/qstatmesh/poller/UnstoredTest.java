package org.qstatmesh.poller;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.qstatmesh.bus.ClusterChanges;
import org.qstatmesh.bus.ClusterChanges.NodeEvent;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.bus.ProbeAddress;
import org.qstatmesh.bus.SnapshotStored;
import org.qstatmesh.bus.SnapshotTaken;
import org.qstatmesh.wire.NodeState;

@Timeout(30)
class UnstoredTest {
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final List<String> resent = new ArrayList<>();
  private long now;
  private final Unstored unstored =
      new Unstored(PollerTimings.STANDARD, () -> now, meters, new StageGauges(meters));

  @Test
  void itIsRepeatedUntilItIsNamed() {
    publish("a");
    tick(Duration.ofSeconds(5));
    publish("b");
    assertEquals(List.of(), resent);
    tick(Duration.ofSeconds(5));
    assertEquals(List.of("a"), resent);
    tick(Duration.ofSeconds(5));
    assertEquals(List.of("a", "b"), resent);
    unstored.stored(new SnapshotStored("hpc1", "a"));
    unstored.stored(new SnapshotStored("hpc2", "b"));
    tick(Duration.ofSeconds(10));
    assertEquals(List.of("a", "b", "b"), resent);
  }

  @Test
  void itIsGivenUpAfterAQuarterOfAnHour() {
    publish("a");
    tick(Duration.ofMinutes(15));
    assertEquals(1, unstored.size());
    tick(Duration.ofSeconds(1));
    assertEquals(0, unstored.size());
    assertEquals(1, dropped("AGE"));
  }

  @Test
  void theOldestGoesWhenThereAreTooMany() {
    for (int i = 0; i < Unstored.MAX_SUMMARIES + 3; i++) {
      publish("s" + i);
    }
    assertEquals(Unstored.MAX_SUMMARIES, unstored.size());
    assertEquals(3, dropped("BOUND"));
    tick(Duration.ofSeconds(10));
    assertEquals(Unstored.MAX_RESENDS_AT_ONCE, resent.size());
    assertEquals("s3", resent.get(0));
    tick(Duration.ofSeconds(1));
    assertEquals("s203", resent.get(Unstored.MAX_RESENDS_AT_ONCE));
  }

  @Test
  void theOldestLoseTheirChangesWhenThereAreTooMany() {
    int most = Unstored.MAX_CHANGES / 1_000;
    for (int i = 0; i <= most; i++) {
      publish("s" + i, changes(1_000));
    }
    assertEquals(1_000, meters.get("qstatmesh.poller.changes.dropped").counter().count());
    unstored.stored(new SnapshotStored("hpc1", "s1"));
    publish("last", changes(1_000));
    assertEquals(1_000, meters.get("qstatmesh.poller.changes.dropped").counter().count());
    now += Duration.ofSeconds(10).toNanos();
    List<ClusterChanges> again = new ArrayList<>();
    unstored.resendDue(taken -> again.add(taken.changes()));
    assertEquals(new ClusterChanges(List.of(), List.of(), 1_000), again.get(0));
    assertEquals(changes(1_000), again.get(1));
    assertEquals(most + 1, again.size());
  }

  private static ClusterChanges changes(int nodes) {
    NodeEvent node = new NodeEvent(0, "n001", NodeState.FULL, NodeState.DOWN, null);
    return new ClusterChanges(List.of(), Collections.nCopies(nodes, node), 0);
  }

  private void publish(String snapshotId) {
    publish(snapshotId, ClusterChanges.NONE);
  }

  private void publish(String snapshotId, ClusterChanges changes) {
    ClusterSummary row =
        Summaries.of(
            PollerRig.direct("hpc1", new ProbeAddress("127.0.0.1", 7621)),
            Picture.after(null, Snapshots.small(snapshotId), 0),
            null,
            0);
    unstored.published(new SnapshotTaken(row, false, null, changes));
  }

  private void tick(Duration passed) {
    now += passed.toNanos();
    unstored.resendDue(taken -> resent.add(taken.summary().snapshotId()));
  }

  private double dropped(String reason) {
    return meters.get("qstatmesh.poller.summaries.dropped").tag("reason", reason).counter().count();
  }
}
