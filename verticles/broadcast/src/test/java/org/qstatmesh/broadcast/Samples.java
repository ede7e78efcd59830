package org.qstatmesh.broadcast;

import java.time.Duration;
import java.util.List;
import org.qstatmesh.bus.ClusterConfig;
import org.qstatmesh.bus.ClusterStatus;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.bus.Failure;
import org.qstatmesh.bus.FailureCode;
import org.qstatmesh.bus.PollFailed;
import org.qstatmesh.bus.ProbeAddress;
import org.qstatmesh.wire.Visibility;

/** Messages of the mesh as tests need them. */
final class Samples {
  static final long NOW = 1_795_330_395_000L;

  private Samples() {}

  static ClusterConfig cluster(String id, int order) {
    return cluster(id, order, "Title of " + id);
  }

  static ClusterConfig cluster(String id, int order, String title) {
    return new ClusterConfig(
        id,
        title,
        order,
        new ProbeAddress("127.0.0.1", 7621),
        Duration.ofSeconds(30),
        Duration.ofSeconds(10),
        1 << 20,
        null);
  }

  static ClusterSummary summary(String cluster, String snapshotId, long atEpochMillis) {
    ClusterSummary.Use alice = new ClusterSummary.Use("alice", 25, 213, 0, 1, 4, 0);
    List<ClusterSummary.Use> uses = List.of(alice);
    return new ClusterSummary(
        cluster,
        "what the poller knew",
        "openpbs",
        "23.06.06",
        "login1",
        Visibility.ALL,
        ClusterStatus.UP,
        null,
        0,
        snapshotId,
        atEpochMillis,
        atEpochMillis,
        100_000,
        new ClusterSummary.Jobs(46, 119, 4, 1, 0),
        new ClusterSummary.Slots(336, 213, 77, 46, 28),
        new ClusterSummary.Gpus(8, 8),
        new ClusterSummary.Nodes(12, 0, 4, 5, 0, 1, 2, 0),
        new ClusterSummary.Usage(uses, uses, uses, uses),
        List.of(new ClusterSummary.Waiting("waits for free resources", 98, 1_400)),
        List.of());
  }

  static Failure failure(FailureCode code, long sinceEpochMillis) {
    return Failure.of(code, "seen by a test", sinceEpochMillis, cluster("hpc1", 0));
  }

  static PollFailed failed(
      String cluster,
      FailureCode code,
      long sinceEpochMillis,
      int failuresInARow,
      long atEpochMillis) {
    return new PollFailed(cluster, failure(code, sinceEpochMillis), failuresInARow, atEpochMillis);
  }
}
