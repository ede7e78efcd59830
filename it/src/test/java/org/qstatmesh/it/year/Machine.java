package org.qstatmesh.it.year;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import org.qstatmesh.bus.ClusterSummary.Gpus;
import org.qstatmesh.bus.ClusterSummary.Jobs;
import org.qstatmesh.bus.ClusterSummary.Nodes;
import org.qstatmesh.bus.ClusterSummary.QueueCount;
import org.qstatmesh.bus.ClusterSummary.Slots;
import org.qstatmesh.bus.ClusterSummary.Usage;
import org.qstatmesh.bus.ClusterSummary.Waiting;

/** A cluster's nodes and jobs: first come first served, and whoever fits may overtake. */
final class Machine {
  static final List<String> QUEUES = List.of("batch", "short", "long", "gpu");

  private static final int NODE_SLOTS = 32;
  private static final int NODE_GPUS = 2;

  /** How many waiting jobs are looked at for one that fits. */
  private static final int LOOK_AHEAD = 40;

  private static final Comparator<Job> BY_DUE = Comparator.comparingLong(Job::dueMinute);

  private final int nodes;
  private final Tally users;
  private final Tally groups;
  private final Tally accounts;
  private final Tally queues = new Tally(QUEUES);
  private final PriorityQueue<Job> running = new PriorityQueue<>(BY_DUE);
  private final PriorityQueue<Job> held = new PriorityQueue<>(BY_DUE);
  private final Deque<Job> waiting = new ArrayDeque<>();
  private final Deque<Job> waitingForGpus = new ArrayDeque<>();
  private int usedSlots;
  private int usedGpus;
  private int waitingSlots;
  private int heldSlots;

  Machine(int nodes, int persons, int groupCount) {
    this.nodes = nodes;
    users = new Tally("user", persons);
    groups = new Tally("group", groupCount);
    accounts = new Tally("project-", groupCount);
  }

  int slots() {
    return nodes * NODE_SLOTS;
  }

  int jobsOf(Person owner) {
    return users.queued(owner.number()) + users.running(owner.number());
  }

  void submit(Job job) {
    (job.gpus() > 0 ? waitingForGpus : waiting).add(job);
    waitingSlots += job.slots();
    count(job, Job.State.QUEUED, 1);
  }

  /** A job that waits for something else until {@link Job#dueMinute}. */
  void hold(Job job) {
    held.add(job);
    heldSlots += job.slots();
    count(job, Job.State.HELD, 1);
  }

  private void count(Job job, Job.State state, int jobs) {
    users.add(job.owner().number(), job, state, jobs);
    groups.add(job.owner().group(), job, state, jobs);
    accounts.add(job.owner().account(), job, state, jobs);
    queues.add(job.queue(), job, state, jobs);
  }

  /** What ends and begins in this minute, when so many nodes are away. */
  void pass(long minute, int nodesAway) {
    while (!running.isEmpty() && running.peek().dueMinute() <= minute) {
      Job job = running.remove();
      usedSlots -= job.slots();
      usedGpus -= job.gpus();
      count(job, Job.State.RUNNING, -1);
    }
    while (!held.isEmpty() && held.peek().dueMinute() <= minute) {
      Job job = held.remove();
      heldSlots -= job.slots();
      count(job, Job.State.HELD, -1);
      submit(job);
    }
    int usable = slots() - nodesAway * NODE_SLOTS;
    start(waitingForGpus, minute, usable);
    start(waiting, minute, usable);
  }

  private void start(Deque<Job> queue, long minute, int usable) {
    Iterator<Job> candidates = queue.iterator();
    for (int i = 0; i < LOOK_AHEAD && candidates.hasNext(); i++) {
      Job job = candidates.next();
      if (usedSlots + job.slots() <= usable && usedGpus + job.gpus() <= NODE_GPUS * nodes) {
        candidates.remove();
        waitingSlots -= job.slots();
        count(job, Job.State.QUEUED, -1);
        usedSlots += job.slots();
        usedGpus += job.gpus();
        count(job, Job.State.RUNNING, 1);
        running.add(job.due(minute + job.lengthMinutes()));
      }
    }
  }

  Jobs jobs() {
    return new Jobs(running.size(), queued(), held.size(), 0, 0);
  }

  private int queued() {
    return waiting.size() + waitingForGpus.size();
  }

  Slots slots(int nodesAway) {
    int away = Math.min(nodesAway * NODE_SLOTS, slots() - usedSlots);
    int free = slots() - usedSlots - away;
    return new Slots(slots(), usedSlots, free, away, Math.min(free, NODE_SLOTS));
  }

  Gpus gpus() {
    return new Gpus(NODE_GPUS * nodes, usedGpus);
  }

  /** Jobs lie densely: the nodes that they fill, one that is partly filled, and the rest. */
  Nodes nodes(int down, int offline) {
    int full = Math.min(usedSlots / NODE_SLOTS, nodes - down - offline);
    int partial = usedSlots % NODE_SLOTS > 0 && full + down + offline < nodes ? 1 : 0;
    int free = nodes - full - partial - down - offline;
    return new Nodes(nodes, free, partial, full, 0, offline, down, 0);
  }

  Usage usage() {
    return new Usage(users.uses(), groups.uses(), accounts.uses(), queues.uses());
  }

  List<Waiting> waiting() {
    List<Waiting> reasons = new ArrayList<>();
    if (queued() > 0) {
      reasons.add(new Waiting("waits for free resources", queued(), waitingSlots));
    }
    if (!held.isEmpty()) {
      reasons.add(new Waiting("waits for another job", held.size(), heldSlots));
    }
    return reasons;
  }

  List<QueueCount> queues() {
    List<QueueCount> counts = new ArrayList<>();
    for (int i = 0; i < QUEUES.size(); i++) {
      counts.add(
          new QueueCount(
              QUEUES.get(i), true, true, queues.running(i), queues.queued(i), 86_400L, null));
    }
    return counts;
  }
}
