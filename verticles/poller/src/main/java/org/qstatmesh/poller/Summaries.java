package org.qstatmesh.poller;

import java.util.List;
import java.util.function.Function;
import org.qstatmesh.bus.ClusterConfig;
import org.qstatmesh.bus.ClusterStatus;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.bus.Failure;
import org.qstatmesh.wire.PastSummary;
import org.qstatmesh.wire.Summary;
import org.qstatmesh.wire.summary.JobTally;
import org.qstatmesh.wire.summary.Keys;

/** From what was counted to a row. Pure functions: no clock, no I/O; any thread. */
final class Summaries {
  private Summaries() {}

  /**
   * The row of a cluster that answers.
   *
   * @param failure of the collector that failed; null when all worked
   * @param receivedAtEpochMillis when the reply arrived
   */
  static ClusterSummary of(
      ClusterConfig cluster, Picture picture, Failure failure, long receivedAtEpochMillis) {
    Summary counted =
        org.qstatmesh.wire.summary.Summaries.of(
            picture.jobs() == null ? null : JobTally.of(picture.jobs().records()),
            picture.nodes() == null ? null : picture.nodes().records(),
            picture.queues() == null ? null : picture.queues().records());
    return new ClusterSummary(
        cluster.cluster(),
        cluster.title(),
        Keys.cut(picture.newest().drms()),
        picture.drmsVersion(),
        picture.serverName(),
        picture.newest().visibility(),
        ClusterStatus.UP,
        failure,
        0,
        picture.snapshotId(),
        picture.observedAtEpochMillis(),
        receivedAtEpochMillis,
        staleAfterMillis(cluster, picture.newest().minimumIntervalSeconds()),
        jobs(counted.jobs()),
        slots(counted.slots()),
        gpus(counted.gpus()),
        nodes(counted.nodes()),
        usage(counted.usage()),
        waiting(counted.waiting()),
        queues(counted.queues()));
  }

  /** What the probe counted while nobody asked; its age is known. */
  static ClusterSummary ofPast(
      ClusterConfig cluster, PastSummary past, long staleAfterMillis, long receivedAtEpochMillis) {
    Summary counted = past.summary();
    return new ClusterSummary(
        cluster.cluster(),
        cluster.title(),
        Keys.cut(past.drms()),
        past.drmsVersion() == null ? null : Keys.cut(past.drmsVersion()),
        past.serverName() == null ? null : Keys.cut(past.serverName()),
        past.visibility(),
        ClusterStatus.UP,
        null,
        0,
        past.snapshotId(),
        receivedAtEpochMillis - past.ageMillis(),
        receivedAtEpochMillis,
        staleAfterMillis,
        jobs(counted.jobs()),
        slots(counted.slots()),
        gpus(counted.gpus()),
        nodes(counted.nodes()),
        usage(counted.usage()),
        waiting(counted.waiting()),
        queues(counted.queues()));
  }

  /** The same picture, found to be still the newest; under the title that is configured now. */
  static ClusterSummary receivedAgain(
      ClusterSummary last, ClusterConfig cluster, Failure failure, long receivedAtEpochMillis) {
    return new ClusterSummary(
        last.cluster(),
        cluster.title(),
        last.drms(),
        last.drmsVersion(),
        last.serverName(),
        last.visibility(),
        last.status(),
        failure,
        last.revision(),
        last.snapshotId(),
        last.observedAtEpochMillis(),
        receivedAtEpochMillis,
        last.staleAfterMillis(),
        last.jobs(),
        last.slots(),
        last.gpus(),
        last.nodes(),
        last.usage(),
        last.waiting(),
        last.queues());
  }

  /**
   * Three times the longer of the poll interval and the probe's own shortest interval, and the
   * deadline of a poll.
   */
  static long staleAfterMillis(ClusterConfig cluster, Integer probeMinimumIntervalSeconds) {
    return 3 * longerIntervalMillis(cluster, probeMinimumIntervalSeconds)
        + cluster.pollDeadline().toMillis();
  }

  /** Time between two samples of a cluster that answers: no shorter than either side's interval. */
  static long longerIntervalMillis(ClusterConfig cluster, Integer probeMinimumIntervalSeconds) {
    long probeMillis =
        probeMinimumIntervalSeconds == null ? 0 : probeMinimumIntervalSeconds * 1_000L;
    return Math.max(cluster.pollInterval().toMillis(), probeMillis);
  }

  private static ClusterSummary.Jobs jobs(Summary.Jobs jobs) {
    return jobs == null
        ? null
        : new ClusterSummary.Jobs(
            jobs.running(), jobs.queued(), jobs.held(), jobs.suspended(), jobs.undetermined());
  }

  private static ClusterSummary.Slots slots(Summary.Slots slots) {
    return slots == null
        ? null
        : new ClusterSummary.Slots(
            slots.total(),
            slots.used(),
            slots.free(),
            slots.unavailable(),
            slots.largestFreeOnOneNode());
  }

  private static ClusterSummary.Gpus gpus(Summary.Gpus gpus) {
    return gpus == null ? null : new ClusterSummary.Gpus(gpus.total(), gpus.used());
  }

  private static ClusterSummary.Nodes nodes(Summary.Nodes nodes) {
    return nodes == null
        ? null
        : new ClusterSummary.Nodes(
            nodes.total(),
            nodes.free(),
            nodes.partial(),
            nodes.full(),
            nodes.draining(),
            nodes.offline(),
            nodes.down(),
            nodes.unknown());
  }

  private static ClusterSummary.Usage usage(Summary.Usage usage) {
    return usage == null
        ? null
        : new ClusterSummary.Usage(
            each(usage.user(), Summaries::use),
            each(usage.group(), Summaries::use),
            each(usage.account(), Summaries::use),
            each(usage.queue(), Summaries::use));
  }

  static ClusterSummary.Use use(Summary.Use use) {
    return new ClusterSummary.Use(
        use.key(),
        use.runningJobs(),
        use.runningSlots(),
        use.runningGpus(),
        use.queuedJobs(),
        use.queuedSlots(),
        use.heldJobs());
  }

  private static List<ClusterSummary.Waiting> waiting(List<Summary.Waiting> waiting) {
    return each(waiting, one -> new ClusterSummary.Waiting(one.reason(), one.jobs(), one.slots()));
  }

  private static List<ClusterSummary.QueueCount> queues(List<Summary.QueueCount> queues) {
    return each(
        queues,
        queue ->
            new ClusterSummary.QueueCount(
                queue.queueName(),
                queue.enabled(),
                queue.started(),
                queue.runningJobs(),
                queue.queuedJobs(),
                queue.wallclockLimitSeconds(),
                queue.slotsLimit()));
  }

  private static <A, B> List<B> each(List<A> list, Function<A, B> map) {
    return list == null ? null : list.stream().map(map).toList();
  }
}
