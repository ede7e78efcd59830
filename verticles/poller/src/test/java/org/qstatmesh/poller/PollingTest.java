package org.qstatmesh.poller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.qstatmesh.bus.Addresses;
import org.qstatmesh.bus.ClusterStatus;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.bus.ClustersConfigured;
import org.qstatmesh.bus.FailureCode;
import org.qstatmesh.bus.People;
import org.qstatmesh.bus.PeopleConfigured;
import org.qstatmesh.bus.PollFailed;
import org.qstatmesh.bus.SnapshotStored;
import org.qstatmesh.wire.ProbeReply;
import org.qstatmesh.wire.Snapshot;
import org.qstatmesh.wire.WireCodec;

/** The usual days of a poller, against real ZeroMQ peers. */
@Timeout(60)
class PollingTest {
  private PollerRig rig;

  @BeforeEach
  void open() {
    rig = new PollerRig();
  }

  @AfterEach
  void close() throws Exception {
    rig.close();
    assertEquals(List.of(), rig.ears.died);
  }

  @Test
  void aClusterThatAnswersIsPublished() throws Exception {
    try (FakeProbe probe = FakeProbe.of(Snapshots.small("s-1"))) {
      long before = System.currentTimeMillis();
      rig.deploy(PollerRig.direct("hpc1", probe.address()));
      ClusterSummary row = rig.ears.taken("hpc1");
      assertEquals(ClusterStatus.UP, row.status());
      assertEquals("s-1", row.snapshotId());
      assertEquals("The hpc1", row.title());
      assertEquals(new ClusterSummary.Slots(16, 4, 12, 0, 12), row.slots());
      assertEquals(210, row.receivedAtEpochMillis() - row.observedAtEpochMillis());
      assertTrue(row.receivedAtEpochMillis() >= before);
      // 3 x the probe's own 30 s, which is longer than the poll interval, and the deadline.
      assertEquals(96_000, row.staleAfterMillis());
    }
  }

  @Test
  void aSnapshotThatIsStillTheNewestOnlyProvesLife() throws Exception {
    Snapshot snapshot = Snapshots.small("s-1");
    try (FakeProbe probe =
        FakeProbe.answering(
            request ->
                "s-1".equals(request.have())
                    ? List.of(
                        WireCodec.encodeReply(
                            new ProbeReply.Unchanged(request.id(), 1_000, null, null)))
                    : FakeProbe.snapshot(request, snapshot))) {
      rig.deploy(PollerRig.direct("hpc1", probe.address()));
      ClusterSummary first = rig.ears.taken("hpc1");
      ClusterSummary later =
          rig.ears.taken(
              "hpc1", row -> row.receivedAtEpochMillis() > first.receivedAtEpochMillis());
      assertEquals("s-1", later.snapshotId());
      assertEquals(first.observedAtEpochMillis(), later.observedAtEpochMillis());
      assertEquals(first.usage(), later.usage());
      assertTrue(rig.count("qstatmesh.poller.polls", "result", "UNCHANGED") >= 1);
      assertTrue(rig.meters.get("qstatmesh.poller.last.good").gauge().value() > 0);
    }
  }

  @Test
  void labsThatAreConfiguredMeanwhileAreToldThoughNothingElseChanged() throws Exception {
    Snapshot snapshot = Snapshots.small("s-1");
    try (FakeProbe probe =
        FakeProbe.answering(
            request ->
                "s-1".equals(request.have())
                    ? List.of(
                        WireCodec.encodeReply(
                            new ProbeReply.Unchanged(request.id(), 1_000, null, null)))
                    : FakeProbe.snapshot(request, snapshot))) {
      rig.deploy(PollerRig.direct("hpc1", probe.address()));
      ClusterSummary without = rig.ears.taken("hpc1");
      assertNull(without.usage().lab());
      configure(List.of(new People.Lab("bio", "Biology", Map.of(), Map.of())), "bio");
      ClusterSummary told = rig.ears.taken("hpc1", row -> row.usage().lab() != null);
      assertEquals(List.of(new ClusterSummary.Use("bio", 1, 4, 0, 0, 0, 0)), told.usage().lab());
      assertEquals("s-1", told.snapshotId());
      configure(List.of(), null);
      int soFar = rig.ears.taken.indexOf(told);
      rig.ears.until(
          () -> rig.ears.taken.stream().skip(soFar).anyMatch(row -> row.usage().lab() == null));
      assertEquals(List.of(), rig.ears.failed);
    }
  }

  private void configure(List<People.Lab> labs, String labOfAlice) {
    People.Person alice =
        new People.Person("alice", "Alice", labOfAlice, Map.of("*", List.of("alice")));
    Addresses.PEOPLE_CONFIGURED.publish(
        rig.vertx, new PeopleConfigured(new People(List.of(alice), labs)));
  }

  @Test
  void aLaterSnapshotThatShowsTheSameIsANewSample() throws Exception {
    Snapshot snapshot = Snapshots.small("s-1");
    try (FakeProbe probe =
        FakeProbe.answering(
            request ->
                snapshot.etag().equals(request.etag())
                    ? List.of(
                        WireCodec.encodeReply(
                            new ProbeReply.Unchanged(request.id(), 50, "s-2", 1_795_330_425_000L)))
                    : FakeProbe.snapshot(request, snapshot))) {
      rig.deploy(PollerRig.direct("hpc1", probe.address()));
      ClusterSummary first = rig.ears.taken("hpc1");
      ClusterSummary later = rig.ears.taken("hpc1", row -> row.snapshotId().equals("s-2"));
      assertEquals(50, later.receivedAtEpochMillis() - later.observedAtEpochMillis());
      assertTrue(later.observedAtEpochMillis() > first.observedAtEpochMillis());
      assertEquals(first.usage(), later.usage());
    }
  }

  @Test
  void aProbeThatIsRestartedIsFoundAgain() throws Exception {
    int port;
    try (FakeProbe probe = FakeProbe.of(Snapshots.small("a-1"))) {
      port = probe.address().port();
      rig.deploy(PollerRig.direct("hpc1", probe.address()));
      rig.ears.taken("hpc1");
    }
    PollFailed failed = rig.ears.failed("hpc1", FailureCode.PROBE_UNREACHABLE);
    assertTrue(failed.failure().hint().contains("qstat-probe"), failed.failure().hint());
    PollFailed second = rig.ears.first(rig.ears.failed, poll -> poll.failuresInARow() >= 2);
    assertEquals(
        rig.ears.failed.get(0).failure().sinceEpochMillis(), second.failure().sinceEpochMillis());
    try (FakeProbe probe =
        FakeProbe.answering(port, request -> FakeProbe.snapshot(request, Snapshots.small("b-1")))) {
      rig.ears.taken("hpc1", row -> row.snapshotId().equals("b-1"));
      assertTrue(probe.requests() > 0);
    }
  }

  @Test
  void aFailureOfTheSchedulerIsNamedAndAPartOfItIsKept() throws Exception {
    AtomicReference<Snapshot> snapshot = new AtomicReference<>(Snapshots.small("s-1"));
    try (FakeProbe probe =
        FakeProbe.answering(request -> FakeProbe.snapshot(request, snapshot.get()))) {
      rig.deploy(PollerRig.direct("hpc1", probe.address()));
      ClusterSummary whole = rig.ears.taken("hpc1");
      snapshot.set(
          Snapshots.of(
              "s-2",
              List.of(
                  Snapshots.worked("jobs"),
                  Snapshots.broken("nodes", "DRMS_COMMAND_FAILED", "pbsnodes: exit 15")),
              List.of(),
              null,
              null));
      ClusterSummary part = rig.ears.taken("hpc1", row -> row.snapshotId().equals("s-2"));
      assertEquals(ClusterStatus.UP, part.status());
      assertEquals(FailureCode.DRMS_COMMAND_FAILED, part.failure().code());
      assertEquals("nodes: pbsnodes: exit 15", part.failure().detail());
      assertEquals(whole.slots(), part.slots());
      assertEquals(0, part.jobs().running());
    }
  }

  @Test
  void anErrorReplyFailsThePoll() throws Exception {
    try (FakeProbe probe =
        FakeProbe.answering(
            request ->
                List.of(
                    Bytes.utf8(
                        "{\"protocol\":\"qstat-mesh/1\",\"id\":\""
                            + request.id()
                            + "\",\"error\":{\"code\":\"DRMS_COMMAND_MISSING\",\"message\":\"no"
                            + " qstat\"}}")))) {
      rig.deploy(PollerRig.direct("hpc1", probe.address()));
      PollFailed failed = rig.ears.failed("hpc1", FailureCode.DRMS_COMMAND_MISSING);
      assertEquals("no qstat", failed.failure().detail());
      assertEquals(1, failed.failuresInARow());
    }
  }

  @Test
  void aSummaryIsRepeatedUntilAStoreNamesIt() throws Exception {
    Snapshot snapshot = Snapshots.small("s-1");
    try (FakeProbe probe =
        FakeProbe.answering(
            request ->
                "s-1".equals(request.have()) ? List.of() : FakeProbe.snapshot(request, snapshot))) {
      rig.deploy(PollerRig.direct("hpc1", probe.address()));
      rig.ears.until(() -> rig.ears.takenSoFar("hpc1") >= 3);
      Addresses.SNAPSHOT_STORED.publish(rig.vertx, new SnapshotStored("hpc1", "s-1"));
      rig.ears.until(
          () -> rig.meters.get("qstatmesh.poller.summaries.unstored").gauge().value() == 0);
      assertTrue(rig.count("qstatmesh.poller.summaries.resent") >= 2);
    }
  }

  @Test
  void itSaysThatItLives() throws Exception {
    try (FakeProbe probe = FakeProbe.of(Snapshots.small("s-1"))) {
      rig.deploy(PollerRig.direct("hpc1", probe.address()));
      rig.ears.until(() -> rig.ears.alive.size() >= 3);
      assertEquals(PollerRig.NODE, rig.ears.alive.get(0).node());
      assertEquals(List.of("hpc1"), rig.ears.alive.get(0).clusters());
    }
  }

  @Test
  void changesOfTheConfigurationTouchOnlyWhatChanged() throws Exception {
    try (FakeProbe one = FakeProbe.of(Snapshots.small("one"));
        FakeProbe two = FakeProbe.of(Snapshots.small("two"))) {
      rig.deploy(PollerRig.direct("hpc1", one.address()), PollerRig.direct("hpc2", two.address()));
      rig.ears.taken("hpc1");
      rig.ears.taken("hpc2");
      Addresses.CLUSTERS_CONFIGURED.publish(
          rig.vertx,
          new ClustersConfigured(
              List.of(
                  PollerRig.direct("hpc1", one.address()),
                  PollerRig.direct("hpc3", two.address()))));
      rig.ears.taken("hpc3");
      rig.ears.first(rig.ears.alive, alive -> alive.clusters().equals(List.of("hpc1", "hpc3")));
      assertEquals(
          0, rig.meters.find("qstatmesh.poller.latency").tag("cluster", "hpc2").timers().size());
      assertNotNull(rig.meters.find("qstatmesh.poller.latency").tag("cluster", "hpc1").timer());
      long soFar = rig.ears.takenSoFar("hpc1");
      rig.ears.until(() -> rig.ears.takenSoFar("hpc1") > soFar);
      assertEquals(List.of(), rig.ears.failed);
    }
  }

  @Test
  void whatASecondRunCountsIsItsOwn() throws Exception {
    try (FakeProbe probe = FakeProbe.of(Snapshots.small("s-1"))) {
      rig.deploy(PollerRig.direct("hpc1", probe.address()));
      rig.ears.until(() -> rig.ears.takenSoFar("hpc1") > 0);
      rig.ears.until(() -> unstored() == 1);
      rig.undeploy();
      assertEquals(0, rig.meters.find("qstatmesh.poller.summaries.unstored").gauges().size());
      rig.deploy(PollerRig.direct("hpc2", probe.address()));
      assertEquals(
          0, rig.meters.find("qstatmesh.poller.latency").tag("cluster", "hpc1").timers().size());
      rig.ears.taken("hpc2");
      Addresses.SNAPSHOT_STORED.publish(rig.vertx, new SnapshotStored("hpc2", "s-1"));
      rig.ears.until(() -> unstored() == 0);
    }
  }

  private double unstored() {
    return rig.meters.get("qstatmesh.poller.summaries.unstored").gauge().value();
  }

  @Test
  void itStopsInTimeAndClosesItsSockets() throws Exception {
    try (FakeProbe probe = FakeProbe.answering(request -> List.of())) {
      rig.deploy(PollerRig.direct("hpc1", probe.address()));
      rig.ears.until(() -> probe.requests() > 0);
      long start = System.nanoTime();
      rig.undeploy();
      assertTrue(System.nanoTime() - start < 3_000_000_000L);
      rig.ears.until(() -> Threads.named("poller-zmq").isEmpty());
    }
  }
}
