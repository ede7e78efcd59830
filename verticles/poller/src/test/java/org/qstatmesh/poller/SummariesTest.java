package org.qstatmesh.poller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qstatmesh.bus.ClusterConfig;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.bus.ClusterSummary.Gpus;
import org.qstatmesh.bus.ClusterSummary.Jobs;
import org.qstatmesh.bus.ClusterSummary.Nodes;
import org.qstatmesh.bus.ClusterSummary.QueueCount;
import org.qstatmesh.bus.ClusterSummary.Slots;
import org.qstatmesh.bus.ClusterSummary.Use;
import org.qstatmesh.bus.ClusterSummary.Waiting;
import org.qstatmesh.bus.ProbeAddress;
import org.qstatmesh.wire.Job;
import org.qstatmesh.wire.JobState;
import org.qstatmesh.wire.Node;
import org.qstatmesh.wire.NodeState;
import org.qstatmesh.wire.Queue;
import org.qstatmesh.wire.Snapshot;

@Timeout(30)
class SummariesTest {
  private static final ClusterConfig HPC1 =
      PollerRig.direct("hpc1", new ProbeAddress("127.0.0.1", 7621), Duration.ofSeconds(10));

  /** Every number of this picture was counted by hand from the two lists below. */
  @Test
  void aPictureCountedByHand() {
    ClusterSummary row = Summaries.of(HPC1, picture(busyJobs(), busyNodes(), queues()), null, 900);
    assertEquals(new Jobs(6, 104, 7, 1, 1), row.jobs());
    assertEquals(new Slots(128, 56, 40, 32, 28), row.slots());
    assertEquals(new Gpus(6, 3), row.gpus());
    assertEquals(new Nodes(7, 1, 1, 1, 1, 1, 1, 1), row.nodes());
    assertEquals(
        List.of(
            new Use("alice", 2, 36, 2, 0, 0, 0),
            new Use("bob", 4, 16, 0, 100, 800, 5),
            new Use("carol", 0, 0, 0, 4, 64, 2)),
        row.usage().user());
    assertEquals(
        List.of(
            new Use("chem", 2, 36, 2, 0, 0, 0),
            new Use("phys", 4, 16, 0, 100, 800, 5),
            new Use("(none)", 0, 0, 0, 4, 64, 2)),
        row.usage().group());
    assertEquals(
        List.of(new Use("grant-7", 1, 32, 2, 0, 0, 0), new Use("(none)", 5, 20, 0, 104, 864, 7)),
        row.usage().account());
    assertEquals(
        List.of(
            new Use("batch", 5, 48, 2, 100, 800, 5),
            new Use("fat", 1, 4, 0, 0, 0, 0),
            new Use("(none)", 0, 0, 0, 4, 64, 2)),
        row.usage().queue());
    assertEquals(
        List.of(
            new Waiting("Not enough of the right type of nodes are available", 100, 800),
            new Waiting("no reason given", 6, 80),
            new Waiting("Job held by user", 5, 40)),
        row.waiting());
    assertEquals(
        List.of(
            new QueueCount("batch", true, true, 5, 100, 86_400L, null),
            new QueueCount("fat", true, false, 1, 0, null, 64),
            new QueueCount("idle", null, null, 0, 0, null, null)),
        row.queues());
    assertEquals("s-1", row.snapshotId());
    assertEquals(500L, row.observedAtEpochMillis());
    assertEquals(900L, row.receivedAtEpochMillis());
  }

  private static List<Job> busyJobs() {
    return List.of(
        // alice: 32 + 4 cores and 2 GPUs run.
        Snapshots.running("1", "alice", 32)
            .groupName("chem")
            .accountingId("grant-7")
            .gpus(2)
            .build(),
        Snapshots.running("2", "alice", 4).groupName("chem").queueName("fat").build(),
        // bob: an array whose 4 tasks of 4 cores run, 100 of 8 cores wait and 5 are held; one job
        // is suspended and holds nothing.
        array("3[]", JobState.RUNNING, 4, 4, null),
        array(
            "3[]", JobState.QUEUED, 100, 8, "Not enough of the right type of nodes are available"),
        array("3[]", JobState.HELD, 5, 8, "Job held by user"),
        Snapshots.job("4", "bob", JobState.SUSPENDED).groupName("phys").slots(0).build(),
        // carol: no group, no account, no queue; 4 jobs wait, 2 are held, nobody says why.
        waiting("5", JobState.QUEUED, 4),
        waiting("6", JobState.HELD, 2),
        // dave: not known to run or wait; erin: over.
        Snapshots.job("7", "dave", JobState.UNDETERMINED).slots(9).build(),
        Snapshots.job("8", "erin", JobState.FINISHED).slots(9).build());
  }

  private static Job array(String id, JobState state, int tasks, int slots, String reason) {
    return Snapshots.job(id, "bob", state)
        .groupName("phys")
        .queueName("batch,fat")
        .taskCount(tasks)
        .slots(slots)
        .reason(reason)
        .build();
  }

  private static Job waiting(String id, JobState state, int tasks) {
    return Snapshots.job(id, "carol", state)
        .queueName(null)
        .taskCount(tasks)
        .slots(state == JobState.QUEUED ? 16 : 8)
        .build();
  }

  private static List<Node> busyNodes() {
    return List.of(
        Snapshots.node("n1", NodeState.FREE, 12, 0, 12),
        gpuNode("n2", NodeState.PARTIAL, 32, 4, 28, 4, 1),
        gpuNode("n3", NodeState.FULL, 32, 32, 0, 2, 2),
        Snapshots.node("n4", NodeState.DRAINING, 16, 16, 0),
        Snapshots.node("n5", NodeState.OFFLINE, 16, 4, 0),
        Snapshots.node("n6", NodeState.DOWN, 20, 0, 0),
        Snapshots.node("n7", NodeState.UNKNOWN, null, null, null));
  }

  private static Node gpuNode(
      String name, NodeState state, int slots, int used, int free, int gpus, int usedGpus) {
    return new Node(
        name, state, null, slots, used, free, gpus, usedGpus, null, null, null, null, null);
  }

  private static List<Queue> queues() {
    return List.of(
        new Queue("batch", true, true, 86_400L, null),
        new Queue("fat", true, false, null, 64),
        new Queue("idle", null, null, null, null));
  }

  private static Picture picture(List<Job> jobs, List<Node> nodes, List<Queue> queues) {
    return Picture.after(null, Snapshots.of("s-1", jobs, nodes, queues), 500);
  }

  @ParameterizedTest
  @CsvSource({"30, , 100", "30, 60, 190", "60, 30, 190", "1, 0, 13"})
  void staleFollowsTheLongerInterval(int pollSeconds, Integer probeSeconds, int staleSeconds) {
    ClusterConfig cluster =
        new ClusterConfig(
            "c",
            "C",
            0,
            new ProbeAddress("127.0.0.1", 7621),
            Duration.ofSeconds(pollSeconds),
            Duration.ofSeconds(10),
            1,
            null);
    assertEquals(staleSeconds * 1_000L, Summaries.staleAfterMillis(cluster, probeSeconds));
  }

  @Test
  void anEmptyClusterHasZerosAndAPartThatNeverWorkedHasNone() {
    ClusterSummary empty = Summaries.of(HPC1, picture(List.of(), List.of(), List.of()), null, 0);
    assertEquals(new Jobs(0, 0, 0, 0, 0), empty.jobs());
    assertEquals(new Slots(0, 0, 0, 0, 0), empty.slots());
    assertEquals(List.of(), empty.usage().user());
    assertEquals(List.of(), empty.waiting());
    assertEquals(List.of(), empty.queues());

    ClusterSummary noJobs = Summaries.of(HPC1, picture(null, List.of(), queues()), null, 0);
    assertNull(noJobs.jobs());
    assertNull(noJobs.usage());
    assertNull(noJobs.waiting());
    assertNull(noJobs.queues(), "its counts are of jobs");
    assertEquals(0, noJobs.nodes().total());

    ClusterSummary noNodes = Summaries.of(HPC1, picture(List.of(), null, null), null, 0);
    assertNull(noNodes.slots());
    assertNull(noNodes.gpus());
    assertNull(noNodes.nodes());
    assertNull(noNodes.queues());
    assertEquals(0, noNodes.jobs().running());
  }

  @Test
  void aPartThatFailedKeepsItsLastPicture() {
    Picture whole = picture(busyJobs(), busyNodes(), queues());
    Snapshot broken =
        Snapshots.of(
            "s-2",
            List.of(
                Snapshots.broken("nodes", "DRMS_TIMEOUT", "60 s"),
                Snapshots.broken("queues", "DRMS_TIMEOUT", "60 s")),
            List.of(),
            // Not to be trusted, since its collector says that it failed.
            List.of(Snapshots.node("n1", NodeState.FREE, 1, 0, 1)),
            null);
    Picture part = Picture.after(whole, broken, 700);
    assertEquals(busyNodes(), part.nodes().records());
    assertEquals(500, part.nodes().observedAtEpochMillis());
    assertEquals(queues(), part.queues().records());
    assertEquals(List.of(), part.jobs().records());
    assertEquals(700, part.jobs().observedAtEpochMillis());
    assertEquals("s-2", part.snapshotId());
  }

  @Test
  void queuesThatAreGoneAreGone() {
    Picture whole = picture(busyJobs(), busyNodes(), queues());
    Picture without = Picture.after(whole, Snapshots.of("s-2", List.of(), List.of(), null), 700);
    assertNull(without.queues());
  }

  @Test
  void aForeignProbesSnapshotIsNamedByItsTime() {
    Picture foreign = Picture.after(null, Snapshots.of(null, List.of(), List.of(), null), 700);
    assertEquals("1795330395000", foreign.snapshotId());
    assertNull(foreign.have());
    Picture endless =
        Picture.after(null, Snapshots.of("x".repeat(9_000), List.of(), List.of(), null), 700);
    assertNull(endless.have(), "it would not fit into a request");
  }

  @Test
  void theWeightiestCollectorIsNamed() {
    Snapshot snapshot =
        Snapshots.of(
            "s-1",
            List.of(
                Snapshots.broken("server", "DRMS_TIMEOUT", "a"),
                Snapshots.broken("jobs", "DRMS_UNPARSABLE", "b"),
                Snapshots.broken("fairshare", "DRMS_COMMAND_MISSING", "c"),
                Snapshots.worked("nodes")),
            null,
            List.of(),
            null);
    assertEquals("jobs: b", CollectorFailure.of(snapshot).detail());
    assertNull(CollectorFailure.of(Snapshots.small("s-1")));
  }
}
