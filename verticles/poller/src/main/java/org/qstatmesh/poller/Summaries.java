package org.qstatmesh.poller;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.qstatmesh.bus.ClusterConfig;
import org.qstatmesh.bus.ClusterStatus;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.bus.ClusterSummary.Gpus;
import org.qstatmesh.bus.ClusterSummary.Jobs;
import org.qstatmesh.bus.ClusterSummary.Nodes;
import org.qstatmesh.bus.ClusterSummary.QueueCount;
import org.qstatmesh.bus.ClusterSummary.Slots;
import org.qstatmesh.bus.ClusterSummary.Usage;
import org.qstatmesh.bus.ClusterSummary.Waiting;
import org.qstatmesh.bus.Failure;
import org.qstatmesh.wire.Job;
import org.qstatmesh.wire.JobState;
import org.qstatmesh.wire.Node;
import org.qstatmesh.wire.NodeState;
import org.qstatmesh.wire.Queue;

/** From a picture to the numbers of a row. Pure functions: no clock, no I/O; any thread. */
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
    List<Job> jobs = picture.jobs() == null ? null : picture.jobs().records();
    List<Node> nodes = picture.nodes() == null ? null : picture.nodes().records();
    List<Queue> queues = picture.queues() == null ? null : picture.queues().records();
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
        jobs == null ? null : jobsByState(jobs),
        nodes == null ? null : slots(nodes),
        nodes == null ? null : gpus(nodes, jobs),
        nodes == null ? null : nodesByState(nodes),
        jobs == null ? null : usage(jobs),
        jobs == null ? null : waiting(jobs),
        jobs == null || queues == null ? null : queueCounts(queues, jobs));
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
    long probeMillis =
        probeMinimumIntervalSeconds == null ? 0 : probeMinimumIntervalSeconds * 1_000L;
    return 3 * Math.max(cluster.pollInterval().toMillis(), probeMillis)
        + cluster.pollDeadline().toMillis();
  }

  static Jobs jobsByState(List<Job> jobs) {
    Map<JobState, IntSum> tasks = counts(JobState.class);
    for (Job job : jobs) {
      tasks.get(job.jobState()).add(job.taskCount());
    }
    return new Jobs(
        tasks.get(JobState.RUNNING).value(),
        tasks.get(JobState.QUEUED).value(),
        tasks.get(JobState.HELD).value(),
        tasks.get(JobState.SUSPENDED).value(),
        tasks.get(JobState.UNDETERMINED).value());
  }

  static Slots slots(List<Node> nodes) {
    IntSum total = new IntSum();
    IntSum used = new IntSum();
    IntSum free = new IntSum();
    int largestFree = 0;
    for (Node node : nodes) {
      total.add(node.slots());
      used.add(node.usedSlots());
      free.add(node.freeSlots());
      if (node.freeSlots() != null) {
        largestFree = Math.max(largestFree, node.freeSlots());
      }
    }
    IntSum unavailable = new IntSum();
    unavailable.add((long) total.value() - used.value() - free.value());
    return new Slots(
        total.value(), used.value(), free.value(), Math.max(0, unavailable.value()), largestFree);
  }

  /**
   * Where a node does not say how many of its GPUs are used (TORQUE), the running jobs' are
   * counted.
   */
  static Gpus gpus(List<Node> nodes, List<Job> jobs) {
    IntSum total = new IntSum();
    IntSum used = new IntSum();
    boolean usedKnown = true;
    for (Node node : nodes) {
      total.add(node.gpus());
      used.add(node.usedGpus());
      usedKnown &= node.usedGpus() != null || node.gpus() == null || node.gpus() == 0;
    }
    return new Gpus(total.value(), usedKnown || jobs == null ? used.value() : runningGpus(jobs));
  }

  private static int runningGpus(List<Job> jobs) {
    IntSum running = new IntSum();
    for (Job job : jobs) {
      if (job.jobState() == JobState.RUNNING) {
        running.addTimes(job.gpus(), job.taskCount());
      }
    }
    return running.value();
  }

  static Nodes nodesByState(List<Node> nodes) {
    Map<NodeState, IntSum> hosts = counts(NodeState.class);
    for (Node node : nodes) {
      hosts.get(node.nodeState()).add(1);
    }
    return new Nodes(
        nodes.size(),
        hosts.get(NodeState.FREE).value(),
        hosts.get(NodeState.PARTIAL).value(),
        hosts.get(NodeState.FULL).value(),
        hosts.get(NodeState.DRAINING).value(),
        hosts.get(NodeState.OFFLINE).value(),
        hosts.get(NodeState.DOWN).value(),
        hosts.get(NodeState.UNKNOWN).value());
  }

  static Usage usage(List<Job> jobs) {
    UseTally users = new UseTally(job -> Keys.of(job.jobOwner()));
    UseTally groups = new UseTally(job -> Keys.of(job.groupName()));
    UseTally accounts = new UseTally(job -> Keys.of(job.accountingId()));
    UseTally queues = new UseTally(job -> Keys.ofQueue(job.queueName()));
    for (Job job : jobs) {
      users.add(job);
      groups.add(job);
      accounts.add(job);
      queues.add(job);
    }
    return new Usage(users.uses(), groups.uses(), accounts.uses(), queues.uses());
  }

  static List<Waiting> waiting(List<Job> jobs) {
    WaitTally tally = new WaitTally();
    for (Job job : jobs) {
      if (job.jobState() == JobState.QUEUED || job.jobState() == JobState.HELD) {
        tally.add(job);
      }
    }
    return tally.reasons();
  }

  static List<QueueCount> queueCounts(List<Queue> queues, List<Job> jobs) {
    Map<String, IntSum> running = new HashMap<>();
    Map<String, IntSum> queued = new HashMap<>();
    for (Job job : jobs) {
      if (job.jobState() == JobState.RUNNING || job.jobState() == JobState.QUEUED) {
        Map<String, IntSum> counts = job.jobState() == JobState.RUNNING ? running : queued;
        counts
            .computeIfAbsent(Keys.ofQueue(job.queueName()), key -> new IntSum())
            .add(job.taskCount());
      }
    }
    IntSum none = new IntSum();
    List<QueueCount> counts = new ArrayList<>(queues.size());
    for (Queue queue : queues) {
      String key = Keys.of(queue.queueName());
      counts.add(
          new QueueCount(
              key,
              queue.enabled(),
              queue.started(),
              running.getOrDefault(key, none).value(),
              queued.getOrDefault(key, none).value(),
              queue.wallclockLimitSeconds(),
              queue.slotsLimit()));
    }
    return counts;
  }

  private static <S extends Enum<S>> Map<S, IntSum> counts(Class<S> states) {
    Map<S, IntSum> counts = new EnumMap<>(states);
    for (S state : states.getEnumConstants()) {
      counts.put(state, new IntSum());
    }
    return counts;
  }
}
