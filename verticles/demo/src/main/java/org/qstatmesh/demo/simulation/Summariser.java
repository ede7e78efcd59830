package org.qstatmesh.demo.simulation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.qstatmesh.bus.ClusterStatus;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.bus.ClusterSummary.Gpus;
import org.qstatmesh.bus.ClusterSummary.Jobs;
import org.qstatmesh.bus.ClusterSummary.Nodes;
import org.qstatmesh.bus.ClusterSummary.QueueCount;
import org.qstatmesh.bus.ClusterSummary.Slots;
import org.qstatmesh.bus.ClusterSummary.Usage;
import org.qstatmesh.bus.ClusterSummary.Waiting;
import org.qstatmesh.probe.reason.ReasonSource;
import org.qstatmesh.wire.NodeState;
import org.qstatmesh.wire.Visibility;

/**
 * What the mesh would have said of a cluster at some moment, straight from the simulation: listing,
 * parsing and polling a week would take a week.
 */
public final class Summariser {
  private static final String NONE = "(none)";
  private static final String NO_LAB = "";
  private static final String NO_REASON = "no reason given";
  private static final int MAX_REASONS = 12;
  private static final Comparator<Waiting> MOST_TASKS_FIRST =
      Comparator.comparingInt(Waiting::jobs)
          .thenComparingInt(Waiting::slots)
          .reversed()
          .thenComparing(Waiting::reason);

  private final BatchSystem batch;
  private final long staleAfterMillis;

  /** For one cluster, whose row is stale after that long. */
  public Summariser(BatchSystem batch, long staleAfterMillis) {
    this.batch = batch;
    this.staleAfterMillis = staleAfterMillis;
  }

  /** The cluster as it is now, observed and received at this moment of the simulation. */
  public ClusterSummary summary() {
    ClusterPlan plan = batch.plan();
    Map<Submission, TaskCounts> counts = new HashMap<>();
    List<Submission> submissions = batch.visibleSubmissions();
    for (Submission submission : submissions) {
      counts.put(submission, TaskCounts.of(submission, plan.scheduler()));
    }
    long millis = batch.now() * 1_000;
    return new ClusterSummary(
        plan.id(),
        plan.title(),
        plan.scheduler().drms(),
        plan.scheduler().version(),
        plan.serverName(),
        plan.visibleOwner() == null ? Visibility.ALL : Visibility.OWN,
        ClusterStatus.UP,
        null,
        0,
        "demo-" + batch.now(),
        millis,
        millis,
        staleAfterMillis,
        jobs(counts.values()),
        slots(batch.nodes()),
        gpus(batch.nodes(), plan.scheduler()),
        nodes(batch.nodes()),
        usage(submissions, counts),
        waiting(submissions, counts),
        queues(plan, submissions, counts));
  }

  private static Jobs jobs(Collection<TaskCounts> counts) {
    int running = 0;
    int queued = 0;
    int held = 0;
    int suspended = 0;
    for (TaskCounts count : counts) {
      running += count.running();
      queued += count.queued();
      held += count.held();
      suspended += count.suspended();
    }
    return new Jobs(running, queued, held, suspended, 0);
  }

  private static Slots slots(List<SimNode> nodes) {
    int total = 0;
    int used = 0;
    int free = 0;
    int largestFree = 0;
    for (SimNode node : nodes) {
      int freeHere = node.freeCores();
      total += node.kind().cores();
      used += node.usedCores();
      free += freeHere;
      largestFree = Math.max(largestFree, freeHere);
    }
    return new Slots(total, used, free, Math.max(0, total - used - free), largestFree);
  }

  /** TORQUE lists how many GPUs a node has, never how many are used. */
  private static Gpus gpus(List<SimNode> nodes, Scheduler scheduler) {
    int total = 0;
    int used = 0;
    for (SimNode node : nodes) {
      total += node.kind().gpus();
      used += scheduler == Scheduler.TORQUE ? 0 : node.usedGpus();
    }
    return new Gpus(total, used);
  }

  private static Nodes nodes(List<SimNode> nodes) {
    Map<NodeState, Integer> hosts = new EnumMap<>(NodeState.class);
    for (SimNode node : nodes) {
      hosts.merge(node.state(), 1, Integer::sum);
    }
    return new Nodes(
        nodes.size(),
        hosts.getOrDefault(NodeState.FREE, 0),
        hosts.getOrDefault(NodeState.PARTIAL, 0),
        hosts.getOrDefault(NodeState.FULL, 0),
        hosts.getOrDefault(NodeState.DRAINING, 0),
        hosts.getOrDefault(NodeState.OFFLINE, 0),
        hosts.getOrDefault(NodeState.DOWN, 0),
        hosts.getOrDefault(NodeState.UNKNOWN, 0));
  }

  private static Usage usage(List<Submission> submissions, Map<Submission, TaskCounts> counts) {
    UseTally users = new UseTally();
    UseTally groups = new UseTally();
    UseTally accounts = new UseTally();
    UseTally queues = new UseTally();
    UseTally labs = new UseTally();
    for (Submission submission : submissions) {
      TaskCounts count = counts.get(submission);
      Person owner = submission.owner();
      users.add(owner.login(), submission, count);
      groups.add(owner.group(), submission, count);
      accounts.add(owner.account() == null ? NONE : owner.account(), submission, count);
      queues.add(submission.order().queueName(), submission, count);
      labs.add(owner.lab() == null ? NO_LAB : owner.lab(), submission, count);
    }
    return new Usage(users.uses(), groups.uses(), accounts.uses(), queues.uses(), labs.uses());
  }

  private static List<Waiting> waiting(
      List<Submission> submissions, Map<Submission, TaskCounts> counts) {
    Map<String, Integer> jobs = new HashMap<>();
    Map<String, Integer> slots = new HashMap<>();
    for (Submission submission : submissions) {
      TaskCounts count = counts.get(submission);
      int cores = submission.order().request().cores();
      int others = count.held() - count.beyondSlotLimit() + count.queued();
      if (others > 0) {
        String reason = reason(submission);
        jobs.merge(reason, others, Integer::sum);
        slots.merge(reason, others * cores, Integer::sum);
      }
      if (count.beyondSlotLimit() > 0) {
        jobs.merge(Hold.SLOT_LIMIT_WORDS, count.beyondSlotLimit(), Integer::sum);
        slots.merge(Hold.SLOT_LIMIT_WORDS, count.beyondSlotLimit() * cores, Integer::sum);
      }
    }
    List<Waiting> reasons = new ArrayList<>(jobs.size());
    jobs.forEach((reason, count) -> reasons.add(new Waiting(reason, count, slots.get(reason))));
    reasons.sort(MOST_TASKS_FIRST);
    return reasons.subList(0, Math.min(MAX_REASONS, reasons.size()));
  }

  private static String reason(Submission submission) {
    if (submission.hold() != Hold.NONE) {
      return submission.hold().words();
    }
    return submission.comment() == null
        ? NO_REASON
        : ReasonSource.PBS.inPlainWords(submission.comment());
  }

  private static List<QueueCount> queues(
      ClusterPlan plan, List<Submission> submissions, Map<Submission, TaskCounts> counts) {
    Map<String, Integer> running = new HashMap<>();
    Map<String, Integer> queued = new HashMap<>();
    for (Submission submission : submissions) {
      TaskCounts count = counts.get(submission);
      running.merge(submission.order().queueName(), count.running(), Integer::sum);
      queued.merge(submission.order().queueName(), count.queued(), Integer::sum);
    }
    List<QueueCount> all = new ArrayList<>();
    for (QueuePlan queue : plan.queues()) {
      all.add(
          new QueueCount(
              queue.name(),
              true,
              queue.started(),
              running.getOrDefault(queue.name(), 0),
              queued.getOrDefault(queue.name(), 0),
              queue.wallclockLimitSeconds(),
              queue.slotsLimit()));
    }
    return all;
  }
}
