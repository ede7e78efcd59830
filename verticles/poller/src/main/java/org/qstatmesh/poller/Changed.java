package org.qstatmesh.poller;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.qstatmesh.bus.ClusterChanges;
import org.qstatmesh.bus.ClusterChanges.JobEvent;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.bus.SnapshotTaken;
import org.qstatmesh.poller.change.JobComparison;
import org.qstatmesh.poller.change.NodeComparison;
import org.qstatmesh.poller.change.Window;
import org.qstatmesh.wire.Job;
import org.qstatmesh.wire.Node;

/**
 * What changed between two pictures of a cluster. Pure; not for event loops.
 *
 * @param changes what to publish
 * @param requeued ids of jobs that wait and ran before, for the next comparison
 */
record Changed(ClusterChanges changes, Set<String> requeued) {
  /** Jobs and nodes in one message; some 600 kB. */
  static final int MAX_CHANGES = 2_000;

  /** Of them nodes, so that a rack's power failure leaves room for its jobs. */
  private static final int MAX_NODES = 500;

  /** Nothing changed, and nothing is known. */
  static final Changed NOTHING = new Changed(ClusterChanges.NONE, Set.of());

  /**
   * Compares each part with the one that was known last. A part of which the newest snapshot brings
   * nothing changed nothing.
   *
   * @param before null when {@code after} is the first picture
   * @param requeued of the comparison before this one
   */
  static Changed between(Picture before, Picture after, Set<String> requeued) {
    if (before == null || !showTheSame(before, after)) {
      return NOTHING;
    }
    Set<SnapshotTaken.Part> kept = after.keptParts();
    NodeComparison nodes =
        kept.contains(SnapshotTaken.Part.NODES)
            ? null
            : nodes(before.nodes(), after.nodes(), after);
    int room = MAX_CHANGES - (nodes == null ? 0 : nodes.events().size());
    JobComparison jobs =
        kept.contains(SnapshotTaken.Part.JOBS)
            ? null
            : jobs(before.jobs(), after.jobs(), after, requeued, room);
    long omitted = (nodes == null ? 0 : nodes.omitted()) + (jobs == null ? 0 : jobs.omitted());
    return new Changed(
        new ClusterChanges(
            jobs == null ? List.of() : jobs.events(),
            nodes == null ? List.of() : nodes.events(),
            saturated(omitted)),
        jobs == null ? requeued : jobs.requeued());
  }

  /** A probe that sees more, or another scheduler, than before: the jobs between are no news. */
  private static boolean showTheSame(Picture before, Picture after) {
    return before.newest().visibility() == after.newest().visibility()
        && before.newest().drms().equals(after.newest().drms())
        && Objects.equals(before.serverName(), after.serverName());
  }

  private static NodeComparison nodes(
      Picture.Part<Node> before, Picture.Part<Node> now, Picture after) {
    return before == null || now == null || before.records() == now.records()
        ? null
        : NodeComparison.between(
            before.records(),
            now.records(),
            window(before.observedAtEpochMillis(), after),
            MAX_NODES);
  }

  private static JobComparison jobs(
      Picture.Part<Job> before,
      Picture.Part<Job> now,
      Picture after,
      Set<String> requeued,
      int room) {
    return before == null || now == null || before.records() == now.records()
        ? null
        : JobComparison.between(
            before.records(),
            now.records(),
            window(before.observedAtEpochMillis(), after),
            requeued,
            room);
  }

  /**
   * What happened since an earlier poller's last sample, as far as the first picture of this one
   * shows it.
   */
  static ClusterChanges sinceStored(Optional<ClusterSummary> lastStored, Picture first) {
    return lastStored
        .map(ClusterSummary::observedAtEpochMillis)
        .filter(last -> first.jobs() != null && last < first.observedAtEpochMillis())
        .map(last -> window(last, first))
        .map(window -> JobComparison.since(first.jobs().records(), window, MAX_CHANGES))
        .map(jobs -> new ClusterChanges(jobs.events(), List.of(), saturated(jobs.omitted())))
        .orElse(ClusterChanges.NONE);
  }

  /** One after the other in one message, within its bound. */
  static ClusterChanges together(ClusterChanges first, ClusterChanges second) {
    if (first.isEmpty() || second.isEmpty()) {
      return first.isEmpty() ? second : first;
    }
    List<ClusterChanges.NodeEvent> nodes =
        Stream.of(first, second).flatMap(one -> one.nodes().stream()).limit(MAX_NODES).toList();
    List<JobEvent> jobs = new ArrayList<>(first.jobs());
    jobs.addAll(second.jobs());
    List<JobEvent> kept = jobs.subList(0, Math.min(jobs.size(), MAX_CHANGES - nodes.size()));
    int all = jobs.size() + first.nodes().size() + second.nodes().size();
    return new ClusterChanges(
        kept,
        nodes,
        saturated((long) first.omitted() + second.omitted() + all - kept.size() - nodes.size()));
  }

  /** The cluster's clock is the newest snapshot's, and runs as ours. */
  private static Window window(long sinceEpochMillis, Picture after) {
    long takenAt = after.newest().takenAtEpochMillis();
    long passed = Math.max(0, after.observedAtEpochMillis() - sinceEpochMillis);
    return new Window(
        after.observedAtEpochMillis(),
        Math.floorDiv(takenAt - passed, 1_000L),
        Math.floorDiv(takenAt, 1_000L));
  }

  private static int saturated(long count) {
    return (int) Math.min(Integer.MAX_VALUE, count);
  }
}
