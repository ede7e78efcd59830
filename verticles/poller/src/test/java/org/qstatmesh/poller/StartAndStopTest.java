package org.qstatmesh.poller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.qstatmesh.bus.Addresses;
import org.qstatmesh.bus.ClusterConfig;
import org.qstatmesh.bus.JobsQuery;
import org.qstatmesh.bus.People;
import org.qstatmesh.bus.QueryFailure;
import org.qstatmesh.bus.SnapshotStored;

/** How a poller comes into a mesh of several, and how it goes. */
@Timeout(60)
class StartAndStopTest {
  private static final PollerTimings PATIENT =
      new PollerTimings(
          Duration.ofMillis(200),
          Duration.ofMillis(500),
          Duration.ofMillis(20),
          Duration.ofMillis(300),
          Duration.ofMinutes(1),
          Duration.ofMinutes(15),
          Duration.ofSeconds(4));

  private final PollerRig rig = new PollerRig();

  @AfterEach
  void close() throws Exception {
    rig.close();
  }

  private static PollerConfig oneOfSeveral(String node, ClusterConfig... clusters) {
    return new PollerConfig(node, List.of(), true, List.of(clusters), People.NONE);
  }

  @Test
  void itIsUpWhenItHasItsShare() throws Exception {
    try (FakeProbe probe = FakeProbe.of(Snapshots.small("s-1"))) {
      rig.deploy(PollerRig.QUICK, oneOfSeveral("a", PollerRig.direct("hpc1", probe.address())));
      Future<?> asked =
          Addresses.jobs("hpc1")
              .ask(rig.vertx, new JobsQuery(null, null, 0, 1), Duration.ofSeconds(5))
              .otherwise(
                  cause -> {
                    String nobody = "nobody serves mesh.jobs.query.hpc1";
                    assertFalse(((QueryFailure) cause).getMessage().contains(nobody));
                    return null;
                  });
      asked.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
      rig.ears.first(rig.ears.alive, beat -> beat.clusters().equals(List.of("hpc1")));
    }
  }

  @Test
  void whoStopsSaysSoAndTheOtherPollsOn() throws Exception {
    try (FakeProbe probe = FakeProbe.of(Snapshots.small("s-1"))) {
      ClusterConfig[] ten = new ClusterConfig[10];
      for (int i = 0; i < ten.length; i++) {
        ten[i] = PollerRig.direct("c" + i, probe.address());
      }
      rig.deploy(PollerRig.QUICK, oneOfSeveral("a", ten));
      rig.deploy(PollerRig.QUICK, oneOfSeveral("b", ten));
      rig.ears.first(
          rig.ears.alive, beat -> beat.node().equals("a") && beat.clusters().size() < ten.length);
      rig.undeploy();
      rig.ears.first(rig.ears.alive, beat -> beat.node().equals("b") && beat.leaving());
      int soFar = rig.ears.alive.size();
      rig.ears.until(() -> rig.ears.alive.size() >= soFar + 5);
      assertEquals(
          ten.length,
          rig.ears.alive.get(soFar + 4).clusters().size(),
          "within a second, long before its silence would tell");
    }
  }

  @Test
  void itStopsWhenTheStoreHasNamedWhatItSawLast() throws Exception {
    try (FakeProbe probe = FakeProbe.of(Snapshots.small("s-1"))) {
      rig.deploy(
          PATIENT,
          new PollerConfig(PollerRig.NODE, List.of(PollerRig.direct("hpc1", probe.address()))));
      rig.ears.taken("hpc1");
      Future<Void> stopped = rig.undeploying();
      AtomicBoolean early = new AtomicBoolean();
      rig.vertx.setTimer(
          500,
          slowStore -> {
            early.set(stopped.isComplete());
            Addresses.SNAPSHOT_STORED.publish(rig.vertx, new SnapshotStored("hpc1", "s-1"));
          });
      stopped.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
      assertFalse(early.get(), "it did not wait for the store");
    }
  }
}
