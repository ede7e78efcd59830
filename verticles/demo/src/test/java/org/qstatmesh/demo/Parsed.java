package org.qstatmesh.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.qstatmesh.bus.ClusterSummary.Gpus;
import org.qstatmesh.bus.ClusterSummary.Jobs;
import org.qstatmesh.bus.ClusterSummary.Nodes;
import org.qstatmesh.bus.ClusterSummary.QueueCount;
import org.qstatmesh.bus.ClusterSummary.Slots;
import org.qstatmesh.bus.ClusterSummary.Use;
import org.qstatmesh.bus.ClusterSummary.Waiting;
import org.qstatmesh.demo.listing.Listings;
import org.qstatmesh.probe.drms.Adapter;
import org.qstatmesh.probe.drms.Listing;
import org.qstatmesh.probe.drms.Problems;
import org.qstatmesh.probe.drms.ServerFacts;
import org.qstatmesh.probe.drms.UnparsableException;
import org.qstatmesh.wire.Job;
import org.qstatmesh.wire.JobState;
import org.qstatmesh.wire.Node;
import org.qstatmesh.wire.NodeState;
import org.qstatmesh.wire.Queue;

/** What the real adapters read in listings, counted by the definitions of the row. */
record Parsed(ServerFacts server, List<Job> jobs, List<Node> nodes, List<Queue> queues) {

  static Parsed of(Adapter adapter, Listings listings) throws IOException, UnparsableException {
    List<Job> jobs = new ArrayList<>();
    assertEquals(read(adapter.jobs(jobs::add), listings.jobs()), jobs.size());
    return new Parsed(
        read(adapter.server(), listings.server()),
        jobs,
        read(adapter.nodes(), listings.nodes()),
        read(adapter.queues(), listings.queues()));
  }

  private static <T> T read(Listing<T> listing, String text)
      throws IOException, UnparsableException {
    Problems problems = new Problems();
    T read = listing.parser().parse(new StringReader(text), problems);
    assertEquals(List.of(), problems.notes());
    return read;
  }

  Jobs byState() {
    return new Jobs(
        tasks(JobState.RUNNING, job -> true),
        tasks(JobState.QUEUED, job -> true),
        tasks(JobState.HELD, job -> true),
        tasks(JobState.SUSPENDED, job -> true),
        tasks(JobState.UNDETERMINED, job -> true));
  }

  Slots slots() {
    int total = nodes.stream().mapToInt(Node::slots).sum();
    int used = nodes.stream().mapToInt(Node::usedSlots).sum();
    int free = nodes.stream().mapToInt(Node::freeSlots).sum();
    int largest = nodes.stream().mapToInt(Node::freeSlots).max().orElse(0);
    return new Slots(total, used, free, Math.max(0, total - used - free), largest);
  }

  Gpus gpus() {
    return new Gpus(
        nodes.stream().mapToInt(Node::gpus).sum(),
        nodes.stream().mapToInt(n -> n.usedGpus() == null ? 0 : n.usedGpus()).sum());
  }

  Nodes nodesByState() {
    return new Nodes(
        nodes.size(),
        count(NodeState.FREE),
        count(NodeState.PARTIAL),
        count(NodeState.FULL),
        count(NodeState.DRAINING),
        count(NodeState.OFFLINE),
        count(NodeState.DOWN),
        count(NodeState.UNKNOWN));
  }

  private int count(NodeState state) {
    return (int) nodes.stream().filter(node -> node.nodeState() == state).count();
  }

  List<Use> use(Function<Job, String> dimension) {
    Function<Job, String> key = j -> dimension.apply(j) == null ? "(none)" : dimension.apply(j);
    List<Use> uses = new ArrayList<>();
    for (String name : jobs.stream().map(key).distinct().toList()) {
      Predicate<Job> his = job -> key.apply(job).equals(name);
      Use use =
          new Use(
              name,
              tasks(JobState.RUNNING, his),
              sum(JobState.RUNNING, his, Job::slots),
              sum(JobState.RUNNING, his, Job::gpus),
              tasks(JobState.QUEUED, his),
              sum(JobState.QUEUED, his, Job::slots),
              tasks(JobState.HELD, his));
      if (use.runningJobs() + use.queuedJobs() + use.heldJobs() > 0) {
        uses.add(use);
      }
    }
    uses.sort(Comparator.comparingInt(Use::runningSlots).reversed().thenComparing(Use::key));
    return uses;
  }

  Map<String, Waiting> waiting() {
    return jobs.stream()
        .filter(job -> job.jobState() == JobState.QUEUED || job.jobState() == JobState.HELD)
        .map(
            job ->
                new Waiting(
                    job.reason() == null ? "no reason given" : job.reason(),
                    job.taskCount(),
                    job.slots() * job.taskCount()))
        .collect(
            Collectors.toMap(
                Waiting::reason,
                waiting -> waiting,
                (a, b) -> new Waiting(a.reason(), a.jobs() + b.jobs(), a.slots() + b.slots()),
                TreeMap::new));
  }

  List<QueueCount> queueCounts() {
    return queues.stream()
        .map(
            queue -> {
              Predicate<Job> here = job -> queue.queueName().equals(job.queueName());
              return new QueueCount(
                  queue.queueName(),
                  queue.enabled(),
                  queue.started(),
                  tasks(JobState.RUNNING, here),
                  tasks(JobState.QUEUED, here),
                  queue.wallclockLimitSeconds(),
                  queue.slotsLimit());
            })
        .toList();
  }

  private int tasks(JobState state, Predicate<Job> which) {
    return sum(state, which, job -> 1);
  }

  private int sum(JobState state, Predicate<Job> which, Function<Job, Integer> what) {
    return jobs.stream()
        .filter(job -> job.jobState() == state && which.test(job))
        .mapToInt(job -> what.apply(job) * job.taskCount())
        .sum();
  }
}
