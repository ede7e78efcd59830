package org.qstatmesh.probe.torque;

import static java.util.Map.entry;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
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
 * Counts taken with {@code qselect} and with one {@code pbsnodes NODE} for each node on the machine
 * of the recordings, copied here by hand: none of them comes from a parser. Completed jobs (C) are
 * in those counts and left out by the probe.
 */
@Timeout(60)
class TorqueTruthTest {
  private final Fixture mixed = Fixture.of("torque-6.1.3/mixed");
  private final Fixture withMaui = Fixture.of("torque-6.1.3/with-maui");
  private final Fixture empty = Fixture.of("torque-6.1.3/empty");

  @Test
  void mixedJobsByState() throws Exception {
    // job 20 is suspended (S), which qselect -s S of TORQUE does not find: 175 in all, less 9 C
    List<Job> jobs = mixed.jobs();
    assertEquals(Map.of("Q", 111, "R", 39, "H", 14, "W", 1, "S", 1), Counts.byLetter(jobs));
    assertEquals(175 - 9, jobs.size());
    assertEquals(
        Map.of(
            JobState.QUEUED, 111,
            JobState.RUNNING, 39,
            JobState.HELD, 14 + 1,
            JobState.SUSPENDED, 1),
        Counts.byState(jobs));
  }

  @Test
  void mixedJobsByUser() throws Exception {
    List<Job> jobs = mixed.jobs();
    assertEquals(
        Map.of(
            "alice", 22,
            "bob", 4,
            "carol", 1,
            "dave", 7,
            "erin", 3,
            "j.smith", 1,
            "a_very_long_username_indeed_x", 1),
        Counts.byOwner(jobs, "R"));
    assertEquals(
        Map.of("bob", 2, "carol", 1, "dave", 105, "erin", 2, "a_very_long_username_indeed_x", 1),
        Counts.byOwner(jobs, "Q"));
    assertEquals(Map.of("alice", 1, "bob", 1, "carol", 3, "dave", 9), Counts.byOwner(jobs, "H"));
  }

  @Test
  void mixedJobsByQueue() throws Exception {
    List<Job> jobs = mixed.jobs();
    assertEquals(Map.of("batch", 18, "gpu", 1, "long", 20), Counts.byQueue(jobs, "R"));
    assertEquals(
        Map.of("batch", 2, "long", 1, "closed", 107, "route_in", 1), Counts.byQueue(jobs, "Q"));
    assertEquals(Map.of("batch", 9, "closed", 5), Counts.byQueue(jobs, "H"));
  }

  @Test
  void mixedJobsByGroup() throws Exception {
    // with C: bio 7, chem 32, phys 133; of the nine C jobs one is bio's, two are chem's and six
    // phys'
    assertEquals(
        Map.of(
            "(none)", 1,
            "bio", 7 - 1,
            "chem", 32 - 2,
            "chemistry-long-group-name", 2,
            "phys", 133 - 6),
        Counts.byGroup(mixed.jobs()));
    assertNull(job(mixed, "50.login1.cluster.example").groupName(), "still in a routing queue");
    assertEquals("bio", job(mixed, "19.login1.cluster.example").groupName());
  }

  @Test
  void mixedRunningCoresAreThoseTheNodesName() throws Exception {
    assertEquals(152, Counts.runningSlots(mixed.jobs()));
    assertEquals(152, mixed.nodes().stream().mapToInt(Node::usedSlots).sum());
  }

  @Test
  void mixedCoresOfSingleJobs() throws Exception {
    assertEquals(32, job(mixed, "7.login1.cluster.example").slots());
    assertEquals(List.of("n003", "n002"), job(mixed, "7.login1.cluster.example").nodeNames());
    assertEquals(5, job(mixed, "9.login1.cluster.example").slots());
    assertEquals(1, job(mixed, "9.login1.cluster.example").nodeCount());
    assertEquals(1, job(mixed, "10.login1.cluster.example").slots(), "asked 3, was given 1");
    assertEquals(5, job(mixed, "12.login1.cluster.example").slots(), "procs=5");
    assertEquals(60, job(mixed, "14.login1.cluster.example").slots());
    assertEquals(0, job(mixed, "20.login1.cluster.example").slots(), "suspended");
    assertEquals(128, job(mixed, "42.login1.cluster.example").slots(), "asks 8 x 16");
    assertEquals(8, job(mixed, "42.login1.cluster.example").nodeCount());
    assertEquals(1, job(mixed, "49.login1.cluster.example").slots(), "asks for nothing");
    assertEquals(4, job(mixed, "51[7].login1.cluster.example").slots());
    assertEquals(2, job(mixed, "54.login1.cluster.example").slots(), "n009:ppn=2");
    assertEquals(4, job(mixed, "56.login1.cluster.example").slots(), "-L tasks=2:lprocs=2");
  }

  @Test
  void mixedTimesAndSizes() throws Exception {
    assertEquals(
        100 * 3600 + 30 * 60 + 15L,
        job(mixed, "14.login1.cluster.example").wallclockLimitSeconds());
    assertEquals(8L << 30, job(mixed, "7.login1.cluster.example").memoryBytes());
    // 2026-11-22T06:53:30Z
    assertEquals(
        1_795_330_410L, job(mixed, "7.login1.cluster.example").submissionTimeEpochSeconds());
  }

  @Test
  void mixedGpusAndAccounts() throws Exception {
    Job gpuJob = job(mixed, "13.login1.cluster.example");
    assertEquals(2, gpuJob.gpus());
    assertEquals("phys gpu", gpuJob.accountingId());
    assertEquals("acct \"q\" \\b, x=1 <&>", job(mixed, "35.login1.cluster.example").accountingId());
  }

  @Test
  void mixedNodes() throws Exception {
    List<Node> nodes = mixed.nodes();
    assertEquals(
        Map.of("free", 4L, "job-exclusive", 3L, "offline", 1L, "down", 1L),
        nodes.stream().collect(groupingBy(Node::nodeSubState, counting())));
    assertEquals(
        Map.of(
            NodeState.PARTIAL, 4L,
            NodeState.FULL, 3L,
            NodeState.OFFLINE, 1L,
            NodeState.DOWN, 1L),
        nodes.stream().collect(groupingBy(Node::nodeState, counting())));
    assertEquals(208, nodes.stream().mapToInt(Node::slots).sum());
    assertEquals(
        Map.ofEntries(
            entry("n001", 15),
            entry("n002", 16),
            entry("n003", 16),
            entry("n004", 14),
            entry("n005", 16),
            entry("n006", 7),
            entry("n007", 60),
            entry("n008", 8),
            entry("n009", 0)),
        nodes.stream().collect(toMap(Node::nodeName, Node::usedSlots)));
    // free in n001, n004, n007, n008
    assertEquals(1 + 2 + 4 + 24, nodes.stream().mapToInt(Node::freeSlots).sum());
    assertEquals(4, nodes.stream().mapToInt(Node::gpus).sum());
    assertEquals("disk swap, see \"ticket\" #42 = <now> & then", nodes.get(5).reason());
    assertEquals(2.68, nodes.get(0).loadAverage());
    assertEquals(24_683_656L << 10, nodes.get(0).memoryBytes());
  }

  @Test
  void withMauiEqualsItsOwnCounts() throws Exception {
    List<Job> jobs = withMaui.jobs();
    assertEquals(Map.of("Q", 110, "R", 39, "H", 14, "W", 1), Counts.byLetter(jobs));
    assertEquals(174 - 10, jobs.size());
    assertEquals(
        Map.of(
            "alice", 22,
            "bob", 4,
            "carol", 2,
            "dave", 7,
            "erin", 2,
            "j.smith", 1,
            "a_very_long_username_indeed_x", 1),
        Counts.byOwner(jobs, "R"));
    assertEquals(Map.of("batch", 17, "gpu", 1, "long", 21), Counts.byQueue(jobs, "R"));
    assertEquals(149, Counts.runningSlots(jobs));
    assertEquals(149, withMaui.nodes().stream().mapToInt(Node::usedSlots).sum());
    assertEquals(208, withMaui.nodes().stream().mapToInt(Node::slots).sum());
  }

  @Test
  void withMauiReasonsAreMauis() throws Exception {
    // by the ledger: 107 tasks in a stopped queue, 1 in a routing queue, 2 that Maui has put off;
    // held: 6 by their array's limit, 2 for another job, 4 by their user, 2 by root; 1 for its time
    Map<String, Long> reasons =
        withMaui.jobs().stream()
            .filter(job -> job.reason() != null)
            .collect(groupingBy(Job::reason, counting()));
    assertEquals(
        Map.of(
            "its queue is stopped", 107L + 1,
            "put off for a while: the scheduler could not start it", 2L,
            "waits for the slot limit of its array", 6L,
            "waits for another job", 2L,
            "held by its user", 4L,
            "held by an operator or administrator", 2L,
            "waits for its start time", 1L),
        reasons);
  }

  @Test
  void emptyClusterHasNodesAndNoJobs() throws Exception {
    assertEquals(List.of(), empty.jobs());
    assertEquals(9, empty.nodes().size());
    assertEquals(0, empty.nodes().stream().mapToInt(Node::usedSlots).sum());
    assertEquals(208 - 16, empty.nodes().stream().mapToInt(Node::freeSlots).sum());
  }

  @Test
  void queuesAndServer() throws Exception {
    Problems problems = new Problems();
    Map<String, Queue> queues =
        mixed.parse(mixed.adapter().queues(), problems).stream()
            .collect(toMap(Queue::queueName, queue -> queue));
    assertEquals(6, queues.size());
    assertEquals(new Queue("disabled_q", false, true, null, null), queues.get("disabled_q"));
    assertEquals(new Queue("closed", true, false, null, null), queues.get("closed"));
    assertEquals(new Queue("long", true, true, 336 * 3600L, null), queues.get("long"));
    assertEquals(
        new ServerFacts("6.1.3", "login1.cluster.example", Visibility.ALL),
        mixed.parse(mixed.adapter().server(), problems));
    assertEquals(0, problems.count());
  }

  @Test
  void forgedJobsOfAnEnvironmentAreNoJobs() throws Exception {
    String raw =
        new String(
            mixed.bytes(Fixture.jobsOf(mixed.adapter())),
            java.nio.charset.StandardCharsets.ISO_8859_1);
    assertTrue(raw.contains("\nJob Id: 999.login1"), "the recording has the forgery in it");
    for (Job job : mixed.jobs()) {
      assertTrue(!job.jobId().startsWith("999"), job.jobId());
    }
  }

  private static Job job(Fixture fixture, String id) throws Exception {
    return fixture.jobs().stream()
        .filter(job -> job.jobId().equals(id))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no job " + id));
  }
}
