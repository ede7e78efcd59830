package org.qstatmesh.poller;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.bus.ProbeAddress;
import org.qstatmesh.bus.SnapshotStored;

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

  private void publish(String snapshotId) {
    ClusterSummary row =
        Summaries.of(
            PollerRig.direct("hpc1", new ProbeAddress("127.0.0.1", 7621)),
            Picture.after(null, Snapshots.small(snapshotId), 0),
            null,
            0);
    unstored.published(row);
  }

  private void tick(Duration passed) {
    now += passed.toNanos();
    unstored.resendDue(summary -> resent.add(summary.snapshotId()));
  }

  private double dropped(String reason) {
    return meters.get("qstatmesh.poller.summaries.dropped").tag("reason", reason).counter().count();
  }
}
