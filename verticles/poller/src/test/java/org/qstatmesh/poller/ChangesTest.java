package org.qstatmesh.poller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.qstatmesh.bus.Addresses;
import org.qstatmesh.bus.ClusterChanges;
import org.qstatmesh.bus.ClusterChanges.JobChange;
import org.qstatmesh.bus.ClusterChanges.NodeEvent;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.bus.LatestAnswer;
import org.qstatmesh.bus.ProbeAddress;
import org.qstatmesh.bus.SnapshotStored;
import org.qstatmesh.bus.SnapshotTaken;
import org.qstatmesh.bus.SnapshotTaken.Part;
import org.qstatmesh.wire.CollectorReport;
import org.qstatmesh.wire.Job;
import org.qstatmesh.wire.JobState;
import org.qstatmesh.wire.Node;
import org.qstatmesh.wire.NodeState;
import org.qstatmesh.wire.Snapshot;
import org.qstatmesh.wire.Visibility;

/** What a poller publishes as changed, from real replies of a probe. */
@Timeout(60)
class ChangesTest {
  private static final long TAKEN_AT_SECONDS = 1_795_330_395L;

  private final List<SnapshotTaken> heard = new CopyOnWriteArrayList<>();
  private final AtomicReference<Snapshot> shown = new AtomicReference<>();
  private PollerRig rig;

  @BeforeEach
  void open() {
    rig = new PollerRig();
    Addresses.SNAPSHOT_TAKEN.subscribe(rig.vertx, heard::add);
  }

  @AfterEach
  void close() throws Exception {
    rig.close();
    assertEquals(List.of(), rig.ears.died);
  }

  @Test
  void aSampleBringsWhatChangedSinceTheOneBefore() throws Exception {
    try (FakeProbe probe = probe()) {
      show("s-1", List.of(queued("11", -50)), List.of(node(NodeState.FULL)));
      rig.deploy(PollerRig.direct("hpc1", probe.address()));
      assertEquals(ClusterChanges.NONE, taken("s-1").changes());

      show("s-2", List.of(running("11", -50, -5)), List.of(node(NodeState.DOWN)));
      ClusterChanges changes = taken("s-2").changes();
      assertEquals(List.of("11 STARTED 45"), words(changes));
      assertEquals(
          List.of(
              new NodeEvent(
                  taken("s-2").summary().observedAtEpochMillis(),
                  "n001",
                  NodeState.FULL,
                  NodeState.DOWN,
                  null)),
          changes.nodes());
      assertEquals(2, rig.count("qstatmesh.poller.changes"));
    }
  }

  @Test
  void aPartThatIsKeptChangesNothingAndIsNamed() throws Exception {
    try (FakeProbe probe = probe()) {
      show("s-1", List.of(queued("11", -50)), List.of(node(NodeState.FULL)));
      rig.deploy(PollerRig.direct("hpc1", probe.address()));
      assertEquals(Set.of(), taken("s-1").keptParts());

      CollectorReport broken = Snapshots.broken("jobs", "DRMS_TIMEOUT", "no answer");
      shown.set(Snapshots.of("s-2", List.of(broken), null, List.of(node(NodeState.FULL)), null));
      assertEquals(Set.of(Part.JOBS), taken("s-2").keptParts());
      assertEquals(ClusterChanges.NONE, taken("s-2").changes());

      show("s-3", List.of(running("11", -50, -5)), List.of(node(NodeState.FULL)));
      assertEquals(Set.of(), taken("s-3").keptParts());
      assertEquals(List.of("11 STARTED 45"), words(taken("s-3").changes()));
    }
  }

  @Test
  void aPollerThatStartedAgainTellsWhatIsNewerThanTheStore() throws Exception {
    ClusterSummary stored = storedSecondsBefore(100);
    Addresses.LATEST.serve(
        rig.vertx, query -> Future.succeededFuture(new LatestAnswer(List.of(stored))));
    try (FakeProbe probe = probe()) {
      show(
          "s-1",
          List.of(
              running("11", -500, -300),
              running("12", -500, -50),
              running("13", -60, -40),
              queued("14", -30),
              queued("15", -300)),
          List.of());
      rig.deploy(PollerRig.direct("hpc1", probe.address()));
      List<String> words = new ArrayList<>(words(taken("s-1").changes()));
      if (words.isEmpty()) {
        show("s-2", shown.get().jobs(), List.of());
        words.addAll(words(taken("s-2").changes()));
      }
      show("s-3", shown.get().jobs(), List.of());
      words.addAll(words(taken("s-3").changes()));
      assertEquals(
          List.of("12 STARTED 450", "13 STARTED 20", "13 SUBMITTED null", "14 SUBMITTED null"),
          words);
    }
  }

  @Test
  void aStoreThatAnswersLateIsWaitedForUntilTheSecondSample() throws Exception {
    ClusterSummary stored = storedSecondsBefore(100);
    var asked = io.vertx.core.Promise.<LatestAnswer>promise();
    Addresses.LATEST.serve(rig.vertx, query -> asked.future());
    try (FakeProbe probe = probe()) {
      show("s-1", List.of(queued("14", -30)), List.of());
      rig.deploy(PollerRig.direct("hpc1", probe.address()));
      assertEquals(List.of(), words(taken("s-1").changes()));
      long polls = probe.requests();
      asked.complete(new LatestAnswer(List.of(stored)));
      rig.ears.until(() -> probe.requests() > polls + 2);
      show("s-2", List.of(running("14", -30, -1)), List.of());
      assertEquals(List.of("14 STARTED 29", "14 SUBMITTED null"), words(taken("s-2").changes()));
      show("s-3", List.of(running("14", -30, -1)), List.of());
      assertEquals(List.of(), words(taken("s-3").changes()));
    }
  }

  @Test
  void whatNobodyStoredIsToldAgainWithWhatChanged() throws Exception {
    try (FakeProbe probe = probe()) {
      show("s-1", List.of(), List.of());
      rig.deploy(PollerRig.direct("hpc1", probe.address()));
      taken("s-1");
      show("s-2", List.of(queued("11", -5)), List.of());
      SnapshotTaken first = taken("s-2");
      rig.ears.until(() -> count(same -> same.changes().equals(first.changes())) > 3);
      assertTrue(rig.count("qstatmesh.poller.summaries.resent") > 0);
      Addresses.SNAPSHOT_STORED.publish(rig.vertx, new SnapshotStored("hpc1", "s-2"));
      rig.ears.until(() -> last().changes().isEmpty());
      assertEquals("s-2", last().summary().snapshotId());
    }
  }

  @Test
  void anotherSchedulerOrViewIsNoNews() {
    Picture before = Picture.after(null, Snapshots.small("s-1"), 0);
    Snapshot small = Snapshots.of("s-2", List.of(), List.of(), List.of());
    Snapshot own =
        new Snapshot(
            null,
            small.drms(),
            small.drmsVersion(),
            small.serverName(),
            Visibility.OWN,
            "s-2",
            null,
            small.takenAtEpochMillis(),
            0L,
            null,
            null,
            null,
            List.of(),
            List.of(),
            List.of(),
            null);
    assertSame(
        Changed.NOTHING, Changed.between(before, Picture.after(before, own, 30_000), Set.of()));
    Changed seen = Changed.between(before, Picture.after(before, small, 30_000), Set.of());
    assertEquals(List.of("1.login1 FINISHED null"), words(seen.changes()));
  }

  @Test
  void messagesThatAreCarriedOnAreBoundedTogether() {
    List<Job> jobs = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      jobs.add(queued(Integer.toString(i), 5));
    }
    Picture none = Picture.after(null, Snapshots.of("s-1", List.of(), List.of(), List.of()), 0);
    Picture many = Picture.after(none, Snapshots.of("s-2", jobs, List.of(), List.of()), 30_000);
    ClusterChanges changes = Changed.between(none, many, Set.of()).changes();
    assertEquals(Changed.MAX_CHANGES, changes.jobs().size());
    assertEquals(1_000, changes.omitted());
    ClusterChanges twice = Changed.together(changes, changes);
    assertEquals(Changed.MAX_CHANGES, twice.jobs().size());
    assertEquals(4_000, twice.omitted());
  }

  /** A sample that is so much older than what the probe shows. */
  private static ClusterSummary storedSecondsBefore(long seconds) {
    return Summaries.of(
        PollerRig.direct("hpc1", new ProbeAddress("127.0.0.1", 7621)),
        Picture.after(null, Snapshots.small("s-0"), System.currentTimeMillis() - seconds * 1_000),
        null,
        0);
  }

  private FakeProbe probe() {
    return FakeProbe.answering(request -> FakeProbe.snapshot(request, shown.get()));
  }

  private void show(String id, List<Job> jobs, List<Node> nodes) {
    shown.set(Snapshots.of(id, jobs, nodes, List.of()));
  }

  private SnapshotTaken taken(String snapshotId) {
    return rig.ears.first(heard, taken -> taken.summary().snapshotId().equals(snapshotId));
  }

  private SnapshotTaken last() {
    return heard.get(heard.size() - 1);
  }

  private long count(Predicate<SnapshotTaken> wanted) {
    return heard.stream().filter(wanted).count();
  }

  private static List<String> words(ClusterChanges changes) {
    return changes.jobs().stream()
        .map(job -> job.jobId() + " " + job.change() + " " + waited(job))
        .sorted()
        .toList();
  }

  private static Long waited(ClusterChanges.JobEvent job) {
    return job.change() == JobChange.STARTED ? job.waitSeconds() : null;
  }

  private static Job queued(String id, long submitted) {
    return Snapshots.queued(id, "alice", 4)
        .submissionTimeEpochSeconds(TAKEN_AT_SECONDS + submitted)
        .build();
  }

  private static Job running(String id, long submitted, long started) {
    return Snapshots.job(id, "alice", JobState.RUNNING)
        .slots(4)
        .submissionTimeEpochSeconds(TAKEN_AT_SECONDS + submitted)
        .dispatchTimeEpochSeconds(TAKEN_AT_SECONDS + started)
        .build();
  }

  private static Node node(NodeState state) {
    return Snapshots.node("n001", state, 16, 4, 12);
  }
}
