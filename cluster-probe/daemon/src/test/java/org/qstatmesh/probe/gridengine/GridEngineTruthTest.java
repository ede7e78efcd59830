package org.qstatmesh.probe.gridengine;

import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.qstatmesh.probe.drms.Problems;
import org.qstatmesh.probe.drms.ServerFacts;
import org.qstatmesh.probe.pbs.Counts;
import org.qstatmesh.probe.pbs.Fixture;
import org.qstatmesh.wire.Job;
import org.qstatmesh.wire.JobDetail;
import org.qstatmesh.wire.JobState;
import org.qstatmesh.wire.Node;
import org.qstatmesh.wire.NodeState;
import org.qstatmesh.wire.Queue;
import org.qstatmesh.wire.Visibility;

/**
 * Counts taken with {@code qstat -g d -s STATE -u USER} on the machine of the recording, right
 * after it, copied here by hand: none of them comes from a parser. Job 13 of erin (dr) ended before
 * the counts by user were taken: it is in the listings and not in those.
 */
@Timeout(60)
class GridEngineTruthTest {
  private static final String LOGIN = "login1.cluster.example";

  private final Fixture mixed = Fixture.of("gridengine-8.1.9/mixed");
  private final Fixture empty = Fixture.of("gridengine-8.1.9/empty");

  @Test
  void mixedTasksByState() throws Exception {
    // -s r 11, job 13 still among them; -s s 1; -s p 132: of them 12 by -s hu, 1 by -s hs and 1
    // by -s hj, one in error
    assertEquals(
        Map.of("r", 11 - 1, "dr", 1, "s", 1, "hqw", 12 + 1 + 1, "Eqw", 1, "qw", 132 - 14 - 1),
        Counts.byLetter(mixed.jobs()));
    // -s ha finds jobs 36 and 37 waiting for their time; 36 is hqw besides, 37 is qw
    assertEquals(
        Map.of(
            JobState.RUNNING,
            11,
            JobState.SUSPENDED,
            1,
            JobState.HELD,
            14 + 1 + 1,
            JobState.QUEUED,
            132 - 14 - 1 - 1),
        Counts.byState(mixed.jobs()));
  }

  @Test
  void mixedTasksByUser() throws Exception {
    assertEquals(
        Map.of(
            "alice", 11,
            "bob", 5,
            "carol", 3,
            "dave", 119,
            "erin", 2 + 1,
            "j.smith", 2,
            "a_very_long_username_indeed_x", 1),
        byOwner(mixed.jobs().stream().toList()));
    assertEquals(
        Map.of(
            "alice", 2,
            "bob", 2,
            "dave", 3,
            "erin", 1 + 1,
            "j.smith", 1,
            "a_very_long_username_indeed_x", 1),
        byOwner(ofState(JobState.RUNNING)));
    assertEquals(Map.of("bob", 1), byOwner(ofState(JobState.SUSPENDED)));
  }

  @Test
  void mixedTasksByGroup() throws Exception {
    // by the groups of the users: alice and bob chem, carol and dave phys, erin and j.smith bio
    assertEquals(
        Map.of(
            "chem", 11 + 5,
            "phys", 3 + 119,
            "bio", 3 + 2,
            "chemistry-long-group-name", 1),
        Counts.byGroup(mixed.jobs()));
    for (Job job : mixed.jobs()) {
      assertEquals("sge", job.accountingId(), job.jobId());
    }
  }

  @Test
  void mixedCoresByQueue() throws Exception {
    // qstat -g c: all.q 24 (without job 13, with the two slots of suspended job 11), short.q and
    // the long-named one each; in the recording qstat -f says 25
    assertEquals(24 + 1 - 2 + 1 + 1, Counts.runningSlots(mixed.jobs()));
    assertEquals(
        Map.of("all.q", 8, "short.q", 1, "a_very_long_queue_name_indeed.q", 1),
        Counts.byQueue(mixed.jobs(), "r"));
    assertEquals(
        Map.of("all.q", 1 + 7 + 1, "gpu.q", 1, "disabled.q", 1 + 100 + 5),
        Counts.byQueue(
            mixed.jobs().stream().filter(job -> job.queueName() != null).toList(), "qw"));
  }

  @Test
  void mixedSingleJobs() throws Exception {
    assertEquals(3, job("5").slots(), "-pe smp 2-3 was given 3");
    assertEquals(60, job("33").slots());
    assertEquals(0, job("11").slots(), "suspended");
    assertEquals(List.of(LOGIN), job("7.2").nodeNames());
    assertEquals(7, job("7").taskCount(), "4-10:1");
    assertEquals(5, job("40").taskCount(), "1-9:2");
    assertEquals(100, job("39").taskCount());
    assertEquals(172_800L, job("2").wallclockLimitSeconds());
    // 2026-11-22T07:00:12Z and three seconds before
    assertEquals(1_795_330_812L, job("2").dispatchTimeEpochSeconds());
    assertEquals(1_795_330_809L, job("2").submissionTimeEpochSeconds());
    assertEquals("waits for another job", job("34").reason());
    assertEquals("waits for its start time", job("37").reason());
    assertEquals("waits for free resources", job("33").reason());
    assertEquals("waits for the slot limit of its array", job("7").reason());
    assertEquals("asks for what no node has", job("42").reason());
    assertNull(job("42").queueName(), "takes any queue");
  }

  @Test
  void mixedNodesAndQueues() throws Exception {
    Map<String, Node> nodes = mixed.nodes().stream().collect(toMap(Node::nodeName, n -> n));
    assertEquals(3, nodes.size());
    Node login = nodes.get(LOGIN);
    // qstat -f: 25/32, 1/8, 0/8, 1/4 and 0/4 of a queue that is disabled
    assertEquals(32 + 8 + 8 + 4 + 4, login.slots());
    assertEquals(25 + 1 + 1, login.usedSlots());
    assertEquals(7 + 7 + 8 + 3, login.freeSlots());
    assertEquals(NodeState.PARTIAL, login.nodeState());
    assertEquals(3.43, login.loadAverage());
    assertEquals(Math.round(23.5 * (1L << 30)), login.memoryBytes());
    for (String name : List.of("n001.cluster.example", "n002.cluster.example")) {
      assertEquals(NodeState.DOWN, nodes.get(name).nodeState());
      assertEquals("u", nodes.get(name).nodeSubState());
      assertEquals(16, nodes.get(name).slots(), "the queue offers 32, the host has 16");
      assertEquals(0, nodes.get(name).freeSlots());
    }
    assertEquals(
        List.of(
            new Queue("a_very_long_queue_name_indeed.q", true, true, null, 4),
            new Queue("all.q", true, true, null, 96),
            new Queue("disabled.q", false, false, null, 4),
            new Queue("gpu.q", true, true, null, 8),
            new Queue("short.q", true, true, null, 8)),
        mixed.parse(mixed.adapter().queues(), new Problems()));
  }

  @Test
  void emptyIsEmpty() throws Exception {
    assertEquals(List.of(), empty.jobs());
    assertEquals(3, empty.nodes().size());
    assertEquals(0, empty.nodes().stream().mapToInt(Node::usedSlots).sum());
    ServerFacts facts = empty.parse(empty.adapter().server(), new Problems());
    assertEquals("SGE 8.1.9", facts.version());
    assertEquals(Visibility.ALL, facts.visibility());
  }

  @Test
  void aSingleJobOfTheRecordingKeepsItsSecrets() throws Exception {
    byte[] all = mixed.bytes(mixed.adapter().jobDetails().orElseThrow());
    assertTrue(new String(all, StandardCharsets.UTF_8).contains("/nonexistent/dir"));
    for (Job job : mixed.jobs()) {
      JobDetail detail = Fixture.parse(mixed.adapter().job(job.jobId()), all, new Problems());
      assertEquals(job.jobOwner(), detail.job().jobOwner());
      assertEquals(job.groupName(), detail.job().groupName());
      for (String secret : List.of("/home/", "/dev/null", ".sh", "SGE_PREFIX", "/nonexistent")) {
        assertFalse(detail.toString().contains(secret), job.jobId() + " holds " + secret);
      }
    }
  }

  private static Map<String, Integer> byOwner(List<Job> jobs) {
    return jobs.stream().collect(toMap(Job::jobOwner, Job::taskCount, Integer::sum));
  }

  private List<Job> ofState(JobState state) throws Exception {
    return mixed.jobs().stream().filter(job -> job.jobState() == state).toList();
  }

  private Job job(String id) throws Exception {
    return mixed.jobs().stream()
        .filter(job -> job.jobId().equals(id))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no job " + id));
  }
}
