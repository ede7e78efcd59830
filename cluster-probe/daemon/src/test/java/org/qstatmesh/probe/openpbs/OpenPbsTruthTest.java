package org.qstatmesh.probe.openpbs;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.qstatmesh.probe.drms.Problems;
import org.qstatmesh.probe.drms.ServerFacts;
import org.qstatmesh.probe.pbs.Counts;
import org.qstatmesh.probe.pbs.Fixture;
import org.qstatmesh.wire.Job;
import org.qstatmesh.wire.JobState;
import org.qstatmesh.wire.Node;
import org.qstatmesh.wire.NodeState;
import org.qstatmesh.wire.Queue;
import org.qstatmesh.wire.Visibility;

/**
 * Counts taken with {@code qselect} (with {@code -T}, that is with each task of an array) and with
 * one {@code pbsnodes -v VNODE} for each vnode on the machine of the recordings, copied here by
 * hand: none of them comes from a parser.
 */
@Timeout(60)
class OpenPbsTruthTest {
  private final Fixture mixed = Fixture.of("openpbs-23.06.06/mixed");
  private final Fixture empty = Fixture.of("openpbs-23.06.06/empty");

  @Test
  void jobsByState() throws Exception {
    List<Job> jobs = mixed.jobs();
    assertEquals(Map.of("Q", 119, "R", 45, "H", 3, "W", 1, "S", 1, "E", 1), Counts.byLetter(jobs));
    assertEquals(
        Map.of(
            JobState.RUNNING,
            45 + 1,
            JobState.QUEUED,
            119,
            JobState.HELD,
            3 + 1,
            JobState.SUSPENDED,
            1),
        Counts.byState(jobs));
  }

  @Test
  void runningJobsByUserAndQueue() throws Exception {
    List<Job> jobs = mixed.jobs();
    assertEquals(
        Map.of(
            "alice", 25,
            "bob", 4,
            "carol", 4,
            "dave", 7,
            "erin", 3,
            "j.smith", 1,
            "a_very_long_username_indeed_x", 1),
        Counts.byOwner(jobs, "R"));
    assertEquals(
        Map.of("batch", 18, "gpu", 3, "long", 1, "express", 23), Counts.byQueue(jobs, "R"));
  }

  @Test
  void unfinishedTasksByUserAndQueue() throws Exception {
    // qselect -T still lists the three ended tasks (X) of dave's array 15 in batch
    Map<String, Integer> users = new TreeMap<>();
    Map<String, Integer> queues = new TreeMap<>();
    for (Job job : mixed.jobs()) {
      users.merge(job.jobOwner(), job.taskCount(), Integer::sum);
      queues.merge(job.queueName(), job.taskCount(), Integer::sum);
    }
    assertEquals(
        Map.of(
            "alice", 26,
            "bob", 7,
            "carol", 6,
            "dave", 125 - 3,
            "erin", 6,
            "j.smith", 1,
            "a_very_long_username_indeed_x", 2),
        users);
    assertEquals(
        Map.of("batch", 35 - 3, "gpu", 3, "long", 1, "closed", 110, "express", 23, "route_in", 1),
        queues);
  }

  @Test
  void jobsByGroupWithEachArrayOnce() throws Exception {
    Map<String, Set<String>> ids = new TreeMap<>();
    for (Job job : mixed.jobs()) {
      ids.computeIfAbsent(job.groupName(), group -> new HashSet<>()).add(job.jobId());
    }
    Map<String, Integer> counts =
        ids.entrySet().stream().collect(toMap(Map.Entry::getKey, e -> e.getValue().size()));
    assertEquals(Map.of("bio", 8, "chem", 32, "chemistry-long-group-name", 2, "phys", 12), counts);
  }

  @Test
  void coresOfRunningJobsAreThoseAssigned() throws Exception {
    assertEquals(213, Counts.runningSlots(mixed.jobs()));
    assertEquals(213, mixed.nodes().stream().mapToInt(Node::usedSlots).sum());
  }

  @Test
  void coresOfSingleJobs() throws Exception {
    assertEquals(List.of(32), slots("6.login1"));
    assertEquals(List.of(4), slots("8.login1"), "old syntax nodes=2:ppn=2");
    assertEquals(List.of(100), slots("13.login1"), "two vnodes of one host");
    assertEquals(List.of("n007"), jobs("13.login1").get(0).nodeNames());
    assertEquals(List.of(2), slots("12.login1"), "place=excl, yet two cores");
    assertEquals(List.of(0), slots("21.login1"), "suspended");
    assertEquals(List.of(128), slots("42.login1"));
    assertEquals(8, jobs("42.login1").get(0).nodeCount());
    assertEquals(List.of(4), slots("52[].login1"), "cores of one task");
    assertEquals(List.of(999), slots("55.login1"));
    assertEquals(11, jobs("11.login1").get(0).slots());
    assertEquals(2, jobs("11.login1").get(0).gpus());
    assertEquals(1, jobs("11.login1").get(0).nodeCount(), "three chunks, one host");
  }

  @Test
  void arraysGiveOneRecordForEachState() throws Exception {
    assertEquals(Map.of("R", 4, "Q", 6), Counts.byLetter(jobs("14[].login1")));
    assertEquals(Map.of("R", 3), Counts.byLetter(jobs("15[].login1")));
    assertEquals(Map.of("Q", 100), Counts.byLetter(jobs("52[].login1")));
    assertEquals(Map.of("Q", 5), Counts.byLetter(jobs("53[].login1")));
    // the array is held, yet qstat -t lists its tasks as queued
    assertEquals(Map.of("Q", 3), Counts.byLetter(jobs("54[].login1")));
    assertEquals("held by its user", jobs("54[].login1").get(0).reason());
  }

  @Test
  void timesAndSizes() throws Exception {
    Job job = jobs("6.login1").get(0);
    // ctime=Sun Nov 22 06:44:44 2026, recorded at 06:48:06Z
    assertEquals(1_795_329_884L, job.submissionTimeEpochSeconds());
    assertEquals(16L << 30, job.memoryBytes());
    assertEquals(20 * 3600L, job.wallclockLimitSeconds());
    assertEquals("acct \"q\" \\b, x=1", jobs("58.login1").get(0).accountingId());
  }

  @Test
  void hosts() throws Exception {
    List<Node> nodes = mixed.nodes();
    assertEquals(12, nodes.size());
    assertEquals(336, nodes.stream().mapToInt(Node::slots).sum());
    assertEquals(
        Map.of(
            NodeState.FULL, 5L,
            NodeState.PARTIAL, 4L,
            NodeState.OFFLINE, 1L,
            NodeState.DOWN, 2L),
        nodes.stream().collect(groupingBy(Node::nodeState, counting())));
    Map<String, Node> byName = nodes.stream().collect(toMap(Node::nodeName, node -> node));
    assertEquals(128, byName.get("n007").slots());
    assertEquals(57 + 50, byName.get("n007").usedSlots());
    assertEquals(16 + 16 + 16 + 16 + 2 + 16 + 107 + 19 + 4 + 1, usedSlots(nodes));
    assertEquals(0, byName.get("n005").freeSlots(), "job-exclusive with two cores used");
    assertEquals(0, byName.get("n006").freeSlots(), "offline");
    // n007 21, n008 13, n009 28, n011 15
    assertEquals(77, nodes.stream().mapToInt(Node::freeSlots).sum());
    assertEquals(28, nodes.stream().mapToInt(Node::freeSlots).max().orElse(0));
    assertEquals(8, nodes.stream().mapToInt(Node::gpus).sum());
    assertEquals(8, nodes.stream().mapToInt(Node::usedGpus).sum());
    assertEquals("disk swap, see \"ticket\" #42 = now", byName.get("n006").reason());
  }

  @Test
  void emptyClusterHasNodesAndNoJobs() throws Exception {
    assertEquals(List.of(), empty.jobs());
    assertEquals(12, empty.nodes().size());
    assertEquals(0, usedSlots(empty.nodes()));
  }

  @Test
  void queuesAndServer() throws Exception {
    Problems problems = new Problems();
    Map<String, Queue> queues =
        mixed.parse(mixed.adapter().queues(), problems).stream()
            .collect(toMap(Queue::queueName, queue -> queue));
    assertEquals(8, queues.size());
    assertEquals(new Queue("batch", true, true, 168 * 3600L, null), queues.get("batch"));
    assertEquals(new Queue("closed", true, false, null, null), queues.get("closed"));
    assertEquals(new Queue("disabled_q", false, true, null, null), queues.get("disabled_q"));
    assertEquals(
        new ServerFacts("23.06.06", "login1", Visibility.ALL, 61),
        mixed.parse(mixed.adapter().server(), problems));
    assertEquals(0, problems.count());
  }

  private List<Job> jobs(String id) throws Exception {
    List<Job> found = mixed.jobs().stream().filter(job -> job.jobId().equals(id)).toList();
    assertTrue(!found.isEmpty(), "no job " + id);
    return found;
  }

  private List<Integer> slots(String id) throws Exception {
    return jobs(id).stream().map(Job::slots).toList();
  }

  private static int usedSlots(List<Node> nodes) {
    return nodes.stream().mapToInt(Node::usedSlots).sum();
  }
}
