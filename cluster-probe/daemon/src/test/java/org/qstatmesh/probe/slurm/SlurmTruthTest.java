package org.qstatmesh.probe.slurm;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
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
 * Counts taken on the machine of the recordings with one {@code squeue -r} of one column each, and
 * with {@code sinfo}, copied here by hand: none of them comes from a parser.
 */
@Timeout(60)
class SlurmTruthTest {
  private final Fixture mixed = Fixture.of("slurm-22.05.8/mixed");
  private final Fixture empty = Fixture.of("slurm-22.05.8/empty");

  @Test
  void tasksByState() throws Exception {
    List<Job> jobs = mixed.jobs();
    assertEquals(
        Map.of("PENDING", 127, "RUNNING", 36, "SUSPENDED", 1, "COMPLETING", 1),
        Counts.byLetter(jobs));
    int held = 106 + 1 + 1 + 1 + 4;
    assertEquals(
        Map.of(
            JobState.RUNNING,
            36 + 1,
            JobState.HELD,
            held,
            JobState.QUEUED,
            127 - held,
            JobState.SUSPENDED,
            1),
        Counts.byState(jobs));
  }

  @Test
  void tasksByUserGroupAccountAndPartition() throws Exception {
    assertEquals(
        Map.of(
            "a_very_long_username_indeed_x", 2,
            "alice", 23,
            "bob", 6,
            "carol", 6,
            "dave", 121,
            "erin", 5,
            "j.smith", 2),
        tasks(Job::jobOwner));
    assertEquals(
        Map.of("bio", 7, "chem", 29, "chemistry-long-group-name", 2, "phys", 127),
        tasks(Job::groupName));
    assertEquals(
        Map.of("bio", 8, "chem", 28, "phys", 127, "quant-um", 2), tasks(Job::accountingId));
    assertEquals(
        Map.of(
            "batch",
            137,
            "batch,fat",
            1,
            "closed",
            1,
            "fat",
            20,
            "gpu",
            3,
            "hidden",
            1,
            "short",
            2),
        tasks(Job::queueName));
  }

  @Test
  void runningJobsByUserAndPartition() throws Exception {
    List<Job> jobs = mixed.jobs();
    assertEquals(
        Map.of(
            "a_very_long_username_indeed_x", 1,
            "alice", 21,
            "bob", 2,
            "carol", 3,
            "dave", 6,
            "erin", 2,
            "j.smith", 1),
        Counts.byOwner(jobs, "RUNNING"));
    assertEquals(
        Map.of("batch", 12, "fat", 20, "gpu", 2, "hidden", 1, "short", 1),
        Counts.byQueue(jobs, "RUNNING"));
  }

  @Test
  void reasonsAreInPlainWords() throws Exception {
    Map<String, Integer> reasons = new TreeMap<>();
    for (Job job : mixed.jobs()) {
      if (job.reason() != null) {
        reasons.merge(job.reason(), job.taskCount(), Integer::sum);
      }
    }
    assertEquals(
        Map.ofEntries(
            Map.entry("waits for its start time", 106),
            Map.entry("waits for another job", 1),
            Map.entry("waits for another job that can no longer succeed", 1),
            Map.entry("waits for the slot limit of its array", 6),
            Map.entry("held by an operator or administrator", 1),
            Map.entry("held by its user", 4),
            Map.entry("its nodes are down or drained", 1),
            Map.entry("its queue is stopped", 1),
            Map.entry("asks for more than its queue or account allows", 1 + 1),
            Map.entry("waits its turn: others have higher priority", 3),
            Map.entry("waits for free resources", 1)),
        reasons);
  }

  @Test
  void coresOfRunningAndWaitingJobs() throws Exception {
    assertEquals(
        Map.of(
            "a_very_long_username_indeed_x", 4,
            "alice", 70,
            "bob", 9,
            "carol", 11,
            "dave", 10,
            "erin", 8,
            "j.smith", 2),
        cores("RUNNING", Job::jobOwner));
    assertEquals(
        Map.of("batch", 57, "fat", 44, "gpu", 10, "hidden", 1, "short", 2),
        cores("RUNNING", Job::queueName));
    assertEquals(
        Map.of(
            "a_very_long_username_indeed_x", 64,
            "alice", 49,
            "bob", 130,
            "carol", 8,
            "dave", 415,
            "erin", 2,
            "j.smith", 1),
        cores("PENDING", Job::jobOwner));
    assertEquals(114, Counts.runningSlots(mixed.jobs()));
  }

  @Test
  void singleJobsAsTheyWereSubmitted() throws Exception {
    assertEquals(100, job("57_[1-100]").taskCount());
    assertEquals(4, job("57_[1-100]").slots(), "of one task");
    assertEquals(6, job("12_[4-9%4]").taskCount());
    assertEquals(5, job("58_[1,3,5,7,9]").taskCount());
    assertEquals(3, job("59_[3,7,11]").taskCount());
    assertEquals(List.of("n002"), job("12_3").nodeNames());
    assertEquals(4, job("13").slots(), "three cores asked, two threads each core");
    assertEquals(2, job("22+0").slots());
    assertEquals(4, job("22+1").slots());
    assertEquals(0, job("19").slots(), "suspended");
    assertEquals(0, job("21").slots(), "completing");
    assertEquals(List.of("n003", "n004"), job("8").nodeNames());
    assertEquals(2, job("10").gpus());
    assertEquals(2, job("11").gpus(), "one on each of two nodes");
    assertEquals(4, job("60").gpus());
    assertNull(job("7").gpus(), "the text does not say");
    assertEquals("bio", job("17").accountingId());
    assertEquals("chem", job("17").groupName());
  }

  @Test
  void times() throws Exception {
    // submitted 2026-11-22T06:34:00Z with --time=2-0, recorded at 06:36:22
    Job running = job("7");
    assertEquals(1_795_329_240L, running.submissionTimeEpochSeconds());
    assertEquals(1_795_329_240L, running.dispatchTimeEpochSeconds());
    assertEquals(2 * 86_400L, running.wallclockLimitSeconds());
    assertEquals(142L, running.wallclockTimeSeconds());
    // submitted at 06:34:05 to begin in two days
    assertEquals(1_795_329_245L + 2 * 86_400, job("52").expectedStartEpochSeconds());
    assertNull(job("52").dispatchTimeEpochSeconds());
  }

  @Test
  void namesOfAnyCharacters() throws Exception {
    assertEquals("new\nline", job("32").jobName());
    assertEquals("pipe|pipe", job("34").jobName());
    assertEquals("tab\there", job("31").jobName());
    assertEquals("ctrl\u001bESC", job("41").jobName());
    assertEquals("(null)", job("38").jobName());
    assertNull(job("37").jobName(), "an empty name");
  }

  @Test
  void hosts() throws Exception {
    List<Node> nodes = mixed.nodes();
    assertEquals(13, nodes.size());
    assertEquals(272, nodes.stream().mapToInt(Node::slots).sum());
    assertEquals(114, nodes.stream().mapToInt(Node::usedSlots).sum());
    // 122 idle by sinfo, which takes ghost2 for idle though it never registered
    assertEquals(122 - 8, nodes.stream().mapToInt(Node::freeSlots).sum());
    assertEquals(
        Map.of(
            NodeState.DOWN, 2L,
            NodeState.UNKNOWN, 1L,
            NodeState.DRAINING, 1L,
            NodeState.FULL, 3L,
            NodeState.PARTIAL, 5L,
            NodeState.FREE, 1L),
        nodes.stream().collect(groupingBy(Node::nodeState, counting())));
    Map<String, Node> byName = nodes.stream().collect(toMap(Node::nodeName, node -> node));
    assertEquals(NodeState.UNKNOWN, byName.get("ghost2").nodeState());
    assertEquals(NodeState.DRAINING, byName.get("n006").nodeState());
    assertEquals(0, byName.get("n006").freeSlots());
    assertEquals("MIXED+DRAIN", byName.get("n006").nodeSubState());
    assertEquals("disk swap", byName.get("n006").reason());
    assertEquals("bad DIMM, slot \"A1\" = 0xFF; see ticket #42", byName.get("n007").reason());
    assertEquals(NodeState.FREE, byName.get("n008").nodeState(), "completing, its cores are free");
    assertEquals(44, byName.get("fat1").usedSlots());
    assertEquals(20, byName.get("fat1").freeSlots());
    assertEquals(List.of("fat", "short", "preempt"), byName.get("fat1").queueNames());
    assertEquals(512_000L << 20, byName.get("fat1").memoryBytes());
    assertEquals(8, nodes.stream().mapToInt(Node::gpus).sum());
    assertEquals(4, nodes.stream().mapToInt(Node::usedGpus).sum(), "jobs 10 and 11");
  }

  @Test
  void emptyClusterHasNodesAndNoJobs() throws Exception {
    assertEquals(List.of(), empty.jobs());
    assertEquals(13, empty.nodes().size());
    assertEquals(0, empty.nodes().stream().mapToInt(Node::usedSlots).sum());
  }

  @Test
  void queuesAndServer() throws Exception {
    Problems problems = new Problems();
    Map<String, Queue> queues =
        mixed.parse(mixed.adapter().queues(), problems).stream()
            .collect(toMap(Queue::queueName, queue -> queue));
    assertEquals(7, queues.size());
    assertEquals(new Queue("batch", true, true, 7 * 86_400L, null), queues.get("batch"));
    assertEquals(new Queue("short", true, true, 1_800L, null), queues.get("short"));
    assertEquals(new Queue("fat", true, true, null, null), queues.get("fat"));
    assertEquals(new Queue("closed", true, false, 7 * 86_400L, null), queues.get("closed"));
    assertEquals(
        new ServerFacts("22.05.8", "capt", Visibility.ALL),
        mixed.parse(mixed.adapter().server(), problems));
    assertEquals(0, problems.count());
  }

  private Job job(String id) throws Exception {
    List<Job> found = mixed.jobs().stream().filter(job -> job.jobId().equals(id)).toList();
    assertEquals(1, found.size(), "job " + id);
    return found.get(0);
  }

  private Map<String, Integer> tasks(Function<Job, String> key) throws Exception {
    Map<String, Integer> counts = new TreeMap<>();
    for (Job job : mixed.jobs()) {
      counts.merge(key.apply(job), job.taskCount(), Integer::sum);
    }
    return counts;
  }

  private Map<String, Integer> cores(String word, Function<Job, String> key) throws Exception {
    Map<String, Integer> counts = new TreeMap<>();
    for (Job job : mixed.jobs()) {
      if (word.equals(job.jobSubState())) {
        counts.merge(key.apply(job), job.slots() * job.taskCount(), Integer::sum);
      }
    }
    return counts;
  }
}
