package org.qstatmesh.bus;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.qstatmesh.wire.Job;
import org.qstatmesh.wire.JobState;
import org.qstatmesh.wire.Node;
import org.qstatmesh.wire.NodeState;
import org.qstatmesh.wire.Visibility;

/** One of every message that leaves its node, with nothing in it that may be left out. */
final class LeastSamples {
  private static final ClusterSummary SUMMARY = ClusterSummary.neverSeen("hpc1", "HPC 1", 100_000);

  private static final List<Double> NO_DATA = Collections.singletonList(null);

  static final List<MeshMessage> ALL =
      List.of(
          new TunnelState("node1", "hpc1", TunnelState.Status.CONNECTING, null, 5, null),
          new PollerAlive("node1", 5, List.of()),
          new SnapshotTaken(SUMMARY),
          new PollFailed("hpc1", new Failure(FailureCode.DRMS_UNPARSABLE, "jobs", 2, "ask"), 1, 3),
          new SnapshotStored("hpc1", ""),
          new LatestQuery(),
          new LatestAnswer(List.of()),
          new HistoryQuery(
              "hpc1", HistoryQuery.Dimension.USER, HistoryQuery.Measure.RUNNING_SLOTS, 0, 1, 1, 0),
          new HistoryAnswer(
              60_000,
              List.of(60_000L),
              List.of(new HistoryAnswer.Series(null, NO_DATA, null, null)),
              NO_DATA,
              NO_DATA,
              NO_DATA,
              null),
          new JobsQuery(null, null, 0, 1),
          new JobsAnswer(7, 1, List.of(Job.builder("11", "alice", JobState.QUEUED).build())),
          new JobQuery("11"),
          new JobAnswer(Job.builder("11", "alice", JobState.QUEUED).build(), null, null),
          new NodesQuery(),
          new NodesAnswer(
              8,
              List.of(
                  new Node(
                      "n001",
                      NodeState.UNKNOWN,
                      null,
                      null,
                      null,
                      null,
                      null,
                      null,
                      null,
                      null,
                      null,
                      null,
                      null)),
              Map.of()),
          new FitQuery(1, null, 16, 0, null, null),
          new FitAnswer(
              8,
              Visibility.UNKNOWN,
              List.of(
                  new FitAnswer.QueueFit(
                      null,
                      null,
                      null,
                      null,
                      null,
                      FitAnswer.Fits.UNKNOWN,
                      List.of(),
                      false,
                      null,
                      null,
                      null,
                      null,
                      null,
                      null,
                      null)),
              0),
          new AtQuery(0),
          new AtAnswer(0, List.of()),
          new WaitsQuery(null, 0, 1),
          new WaitsAnswer(List.of(new WaitsAnswer.Wait("hpc1", null, 0, null, 0, 0, 0)), List.of()),
          new EventsQuery("hpc1", 0, 1, null, 1),
          new EventsAnswer(
              Arrays.stream(ClusterChanges.JobChange.values())
                  .map(LeastSamples::unknownJob)
                  .toList(),
              List.of(new ClusterChanges.NodeEvent(1, "n001", null, null, null)),
              false,
              List.of(
                  new ClusterChanges.ClusterEvent(
                      ClusterChanges.ClusterChange.CLUSTER_DOWN, 1, null))),
          new NodeFigures(
              "node1",
              null,
              1,
              7,
              5,
              List.of(new NodeFigures.StageFigures("store", "DOWN", 6, 0)),
              new NodeFigures.MemoryFigures(1, 2, null),
              List.of(
                  new NodeFigures.AddressFigures("mesh.at.query", 0, 0, 0, 0, 0, 0, 0, null, null)),
              List.of(
                  new NodeFigures.ClusterFigures(
                      "hpc1", Map.of(), 0, 0, 0, null, null, false, null)),
              null,
              null),
          new StoreState("node1", true, null, 5, 0, List.of()),
          new ConfState("node1", 7, List.of(), 0),
          new ForgetQuery("alice"),
          new ForgetAnswer(0, 0, 0),
          new RollCall(),
          new NodePresent("node1", List.of()),
          new StageRestart("poller"),
          new StageRestarted("node1", "poller"));

  private LeastSamples() {}

  private static ClusterChanges.JobEvent unknownJob(ClusterChanges.JobChange change) {
    return new ClusterChanges.JobEvent(
        change, 1, "11", null, null, null, 1, 0, null, null, null, null);
  }
}
