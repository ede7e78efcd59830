package org.qstatmesh.bus;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.qstatmesh.wire.Job;
import org.qstatmesh.wire.JobState;
import org.qstatmesh.wire.Node;
import org.qstatmesh.wire.NodeState;
import org.qstatmesh.wire.Visibility;

/** One message of every type, with no field left at its default. */
final class Samples {
  static final ClusterConfig CLUSTER =
      new ClusterConfig(
          "hpc1",
          "HPC 1",
          0,
          new ProbeAddress("127.0.0.1", 7621),
          Duration.ofSeconds(30),
          Duration.ofSeconds(10),
          1 << 20,
          new SshConfig(
              "login.hpc1.example",
              2222,
              "qstat",
              Path.of("keys/hpc1"),
              null,
              Path.of("known_hosts"),
              null));

  static final Failure FAILURE =
      Failure.of(FailureCode.DRMS_TIMEOUT, "qstat -f, 60 s", 1_795_330_395_000L, CLUSTER);

  static final Job JOB =
      Job.builder("11.login1", "alice", JobState.RUNNING)
          .jobName("<img src=x onerror=alert(1)>\n\u001b[31m")
          .groupName("chem")
          .accountingId("chem-acct")
          .queueName("batch")
          .jobSubState("R")
          .taskCount(2)
          .slots(32)
          .nodeCount(1)
          .gpus(3)
          .memoryBytes(1L << 40)
          .nodeNames(List.of("n001"))
          .submissionTimeEpochSeconds(1_795_330_000L)
          .dispatchTimeEpochSeconds(1_795_330_100L)
          .expectedStartEpochSeconds(1_795_330_200L)
          .wallclockLimitSeconds(3_600L)
          .wallclockTimeSeconds(12L)
          .priority(-5L)
          .reason("waits for another job")
          .build();

  static final ClusterSummary SUMMARY =
      new ClusterSummary(
          "hpc1",
          "HPC 1",
          "torque",
          "6.1.3",
          "login1",
          Visibility.ALL,
          ClusterStatus.UP,
          FAILURE,
          17,
          "b1f3-17",
          1_795_330_395_000L,
          1_795_330_395_210L,
          100_000,
          new ClusterSummary.Jobs(46, 119, 4, 1, 2),
          new ClusterSummary.Slots(336, 213, 77, 46, 28),
          new ClusterSummary.Gpus(8, 7),
          new ClusterSummary.Nodes(12, 1, 4, 3, 1, 1, 1, 1),
          new ClusterSummary.Usage(
              List.of(new ClusterSummary.Use("alice", 25, 90, 2, 1, 4, 3)),
              List.of(new ClusterSummary.Use("chem", 25, 90, 2, 1, 4, 3)),
              List.of(new ClusterSummary.Use("chem-acct", 25, 90, 2, 1, 4, 3)),
              List.of(new ClusterSummary.Use("batch", 25, 90, 2, 1, 4, 3)),
              List.of(
                  new ClusterSummary.Use("chem", 20, 80, 2, 1, 4, 3),
                  new ClusterSummary.Use("", 5, 10, 0, 0, 0, 0))),
          List.of(new ClusterSummary.Waiting("waits for free resources", 98, 1_400)),
          List.of(new ClusterSummary.QueueCount("batch", true, false, 18, 17, 86_400L, 512)));

  static final ClusterChanges CHANGES =
      new ClusterChanges(
          List.of(
              new ClusterChanges.JobEvent(
                  ClusterChanges.JobChange.FINISHED,
                  1_795_330_395_000L,
                  "11.login1",
                  "alice",
                  "batch",
                  "chem-acct",
                  2,
                  32,
                  1_795_330_000L,
                  1_795_330_100L,
                  1_795_330_395L,
                  100L)),
          List.of(
              new ClusterChanges.NodeEvent(
                  1_795_330_395_000L, "n001", NodeState.FREE, NodeState.DOWN, "not responding")),
          3);

  static final People PEOPLE =
      new People(
          List.of(
              new People.Person(
                  "alice",
                  "Alice A.",
                  "chem",
                  Map.of("hpc1", List.of("u1234"), People.ELSEWHERE, List.of("alice")))),
          List.of(
              new People.Lab(
                  "chem",
                  "Chemistry",
                  Map.of("hpc1", List.of("chem", "chem-gpu")),
                  Map.of("hpc2", List.of("p1001")))));

  static final NodeFigures FIGURES =
      new NodeFigures(
          "node1",
          "0.1.0",
          1,
          1_795_330_395_000L,
          1_795_330_000_000L,
          List.of(new NodeFigures.StageFigures("poller", "UP", 1_795_330_001_000L, 2)),
          new NodeFigures.MemoryFigures(50_000_000, 400_000_000, 130_000_000L),
          List.of(
              new NodeFigures.AddressFigures(
                  "mesh.snapshot.taken", 10, 9, 8, 7, 6, 5, 4, 0.25, 1.5)),
          List.of(
              new NodeFigures.ClusterFigures(
                  "hpc1",
                  Map.of("UP", 20L, "PROBE_TIMEOUT", 3L),
                  20,
                  400_000,
                  1,
                  12.5,
                  90.0,
                  true,
                  1_795_330_390_000L)),
          new NodeFigures.StoreFigures(7_000_000L, true, 1, 1_000, 2),
          new NodeFigures.BrowserFigures(12, 34_000, Map.of("SUPERSEDED", 5L)));

  static final List<MeshMessage> ALL =
      List.of(
          new ClustersConfigured(List.of(CLUSTER)),
          new PeopleConfigured(PEOPLE),
          new StageDied("poller", "owner thread ended"),
          new StageNote("store", "stands by"),
          new TunnelWanted("hpc1"),
          new TunnelState(
              "node1", "hpc1", TunnelState.Status.OPEN, "tcp://127.0.0.1:1", 5, FAILURE),
          new PollerAlive("node1", 5, List.of("hpc1"), List.of("site-a"), true),
          new SnapshotTaken(SUMMARY, true, Set.of(SnapshotTaken.Part.NODES), CHANGES),
          new PollFailed("hpc1", FAILURE, 2, 6),
          new SnapshotStored("hpc1", "b1f3-17"),
          new LatestQuery(),
          new LatestAnswer(List.of(SUMMARY)),
          new HistoryQuery(
              "hpc1",
              HistoryQuery.Dimension.QUEUE,
              HistoryQuery.Measure.QUEUED_JOBS,
              1,
              2,
              3,
              4,
              true),
          new HistoryAnswer(
              60_000,
              List.of(60_000L),
              List.of(new HistoryAnswer.Series("alice", List.of(1.5), List.of(1.0), List.of(2.0))),
              List.of(2.5),
              List.of(3.5),
              List.of(4.5),
              300_000L),
          new JobsQuery(
              new JobsQuery.Filter("alice", "chem", "acct", JobState.HELD, "batch", "run"),
              "-jobId",
              10,
              20),
          new JobsAnswer(7, 1, List.of(JOB)),
          new JobQuery("11.login1"),
          new JobAnswer(JOB, "waits for another job", "job_state = R"),
          new NodesQuery(),
          new NodesAnswer(
              8,
              List.of(
                  new Node(
                      "n001",
                      NodeState.PARTIAL,
                      "free",
                      16,
                      15,
                      1,
                      2,
                      1,
                      3L,
                      4L,
                      15.9,
                      List.of("batch"),
                      "note")),
              Map.of("n001", List.of("alice"))),
          new FitQuery(2, 16, 3, 4, 5L, 6L),
          new FitAnswer(
              8,
              Visibility.OWN,
              List.of(
                  new FitAnswer.QueueFit(
                      "batch",
                      true,
                      false,
                      86_400L,
                      512,
                      FitAnswer.Fits.LATER,
                      List.of(FitAnswer.Reason.QUEUE_STOPPED, FitAnswer.Reason.VISIBILITY),
                      true,
                      1,
                      2,
                      3,
                      4,
                      5L,
                      6,
                      7)),
              9),
          new AtQuery(9),
          new AtAnswer(9, List.of(SUMMARY)),
          new WaitsQuery("hpc1", 10, 11),
          new WaitsAnswer(
              List.of(new WaitsAnswer.Wait("hpc1", "batch", 2, 8, 12, 13, 14)),
              List.of(new WaitsAnswer.Kept("hpc1", 10))),
          new EventsQuery("hpc1", 10, 11, "alice", 20),
          new EventsAnswer(
              CHANGES.jobs(),
              CHANGES.nodes(),
              true,
              List.of(
                  new ClusterChanges.ClusterEvent(
                      ClusterChanges.ClusterChange.CLUSTER_UP, 16, null),
                  new ClusterChanges.ClusterEvent(
                      ClusterChanges.ClusterChange.CLUSTER_DOWN, 15, FailureCode.PROBE_TIMEOUT))),
          new StoreState("node1", false, "the disk is full", 5, 6, List.of("look here")),
          FIGURES,
          new FiguresQuery(),
          new FiguresAnswer("node1", 6, List.of(new FiguresAnswer.Heard(5, FIGURES))),
          new ConfState(
              "node1", 7, List.of(new ConfState.Problem("a.json", "/web/port", "is no port")), 2),
          new ForgetQuery("alice"),
          new ForgetAnswer(1, 2, 3),
          new RollCall(),
          new NodePresent("node1", List.of("tunnel", "poller")),
          new StageRestart("poller"),
          new StageRestarted("node1", "poller"));

  private Samples() {}
}
