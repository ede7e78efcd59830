package org.qstatmesh.broadcast.notify;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.qstatmesh.bus.ClusterChanges;
import org.qstatmesh.bus.ClusterChanges.JobChange;
import org.qstatmesh.bus.ClusterChanges.JobEvent;
import org.qstatmesh.bus.ClusterChanges.NodeEvent;
import org.qstatmesh.bus.ClusterStatus;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.bus.Failure;
import org.qstatmesh.bus.FailureCode;
import org.qstatmesh.bus.SnapshotTaken;
import org.qstatmesh.wire.NodeState;

/** Rows, changes and hooks as the tests of this package need them. */
final class Rows {
  static final long START = 1_795_330_395_000L;

  private Rows() {}

  static HookConfig hook(HookRule rule) {
    return hook(URI.create("https://chat.example/hooks/token"), HookFormat.JSON, null, null, rule);
  }

  static HookConfig hook(
      URI url, HookFormat format, Path secretFile, Path caFile, HookRule... rules) {
    return new HookConfig(
        "chat", url, format, secretFile, caFile, List.of(rules), Duration.ofMinutes(1));
  }

  static HookRule rule(HookEvent event) {
    return new HookRule(event, Set.of(), Duration.ofMinutes(10), 64, "alice");
  }

  /** A row that was heard of at that moment. */
  static ClusterSummary up(long atEpochMillis, int freeCores) {
    ClusterSummary.Slots slots =
        new ClusterSummary.Slots(336, 336 - freeCores, freeCores, 0, Math.min(16, freeCores));
    return new ClusterSummary(
        "hpc1",
        "HPC 1",
        "openpbs",
        null,
        null,
        null,
        ClusterStatus.UP,
        null,
        0,
        "s" + atEpochMillis,
        atEpochMillis,
        atEpochMillis,
        100_000,
        null,
        slots,
        null,
        null,
        null,
        null,
        null);
  }

  /** A row that was heard of last at {@code heard} and fails since {@code since}. */
  static ClusterSummary down(Long heard, long since, String detail) {
    ClusterSummary picture =
        heard == null ? ClusterSummary.neverSeen("hpc1", "HPC 1", 100_000) : up(heard, 3);
    Failure failure = new Failure(FailureCode.SSH_UNREACHABLE, detail, since, "is login up?");
    return picture.as(ClusterStatus.DOWN, failure, 0);
  }

  static SnapshotTaken changes(long atEpochMillis, List<JobEvent> jobs, List<NodeEvent> nodes) {
    return new SnapshotTaken(up(atEpochMillis, 3), false, null, new ClusterChanges(jobs, nodes, 0));
  }

  static NodeEvent node(long atEpochMillis, String name, NodeState from, NodeState to) {
    return new NodeEvent(atEpochMillis, name, from, to, "not responding");
  }

  static JobEvent job(
      JobChange change, long atEpochMillis, String owner, String id, Long happenedEpochSeconds) {
    boolean started = change == JobChange.STARTED;
    return new JobEvent(
        change,
        atEpochMillis,
        id,
        owner,
        "batch",
        null,
        2,
        8,
        null,
        happenedEpochSeconds,
        started ? null : happenedEpochSeconds,
        started ? 300L : null);
  }
}
