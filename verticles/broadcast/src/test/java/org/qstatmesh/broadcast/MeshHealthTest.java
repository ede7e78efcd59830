package org.qstatmesh.broadcast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.qstatmesh.broadcast.Samples.NOW;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.qstatmesh.bus.PollerAlive;

@Timeout(10)
class MeshHealthTest {
  private final MeshHealth health = new MeshHealth(NOW);

  @Test
  void saysWhichStageIsMissing() {
    assertEquals(MeshHealth.Status.STARTING, status(NOW + 6_000));
    assertEquals(MeshHealth.Status.NO_POLLER, status(NOW + 6_001));
    health.pollerAlive(new PollerAlive("n1", NOW, List.of("a")), NOW + 7_000);
    assertEquals(MeshHealth.Status.UP, status(NOW + 7_000));
    health.storeSilent();
    assertEquals(MeshHealth.Status.NO_STORE, status(NOW + 8_000));
    health.storeHeard();
    assertEquals(MeshHealth.Status.UP, status(NOW + 13_000));
    assertEquals(MeshHealth.Status.NO_POLLER, status(NOW + 13_001));
  }

  @Test
  void listsThePollersThatWereHeardLately() {
    health.pollerAlive(new PollerAlive("n2", NOW, List.of("b")), NOW);
    health.pollerAlive(new PollerAlive("n1", NOW - 5, List.of("a")), NOW + 3_000);
    assertEquals(
        List.of(
            new MeshHealth.Node("n1", NOW - 5, List.of("a")),
            new MeshHealth.Node("n2", NOW, List.of("b"))),
        health.at(NOW + 6_000).nodes());
    assertEquals(1, health.at(NOW + 6_001).nodes().size());
  }

  private MeshHealth.Status status(long now) {
    return health.at(now).status();
  }
}
