package org.qstatmesh.poller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.qstatmesh.bus.Addresses;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.bus.LatestAnswer;
import org.qstatmesh.bus.SnapshotStored;
import org.qstatmesh.bus.SnapshotTaken;
import org.qstatmesh.wire.Backfill;
import org.qstatmesh.wire.PastSummary;
import org.qstatmesh.wire.ProbeError;
import org.qstatmesh.wire.ProbeErrorCode;
import org.qstatmesh.wire.ProbeReply;
import org.qstatmesh.wire.ProbeRequest;
import org.qstatmesh.wire.Visibility;
import org.qstatmesh.wire.WireCodec;
import org.qstatmesh.wire.summary.JobTally;

/**
 * What a poller asks for when contact returns; the probe is a real socket, the store the test's.
 */
@Timeout(60)
class BackfillingTest {
  private static final long MINUTE = 60_000;

  private final List<SnapshotTaken> filledIn = new CopyOnWriteArrayList<>();
  private final List<ProbeRequest> asked = new CopyOnWriteArrayList<>();
  private final Set<String> stored = new ConcurrentSkipListSet<>();
  private volatile boolean storing = true;
  private PollerRig rig;

  @BeforeEach
  void open() {
    rig = new PollerRig();
    Addresses.SNAPSHOT_TAKEN.subscribe(rig.vertx, this::taken);
  }

  @AfterEach
  void close() throws Exception {
    rig.close();
    assertEquals(List.of(), rig.ears.died);
  }

  private void taken(SnapshotTaken news) {
    ClusterSummary summary = news.summary();
    if (news.backfilled()) {
      filledIn.add(news);
    }
    if (storing) {
      stored.add(summary.snapshotId());
      Addresses.SNAPSHOT_STORED.publish(
          rig.vertx, new SnapshotStored(summary.cluster(), summary.snapshotId()));
    }
  }

  @Test
  void aPollerThatWasAwayAsksForWhatTheStoreDoesNotHave() throws Exception {
    long before = System.currentTimeMillis();
    storeHas(summary("a-1", before - 60 * MINUTE));
    try (FakeProbe probe = probe(request -> past(1, 150))) {
      rig.deploy(PollerRig.direct("hpc1", probe.address()));
      rig.ears.until(() -> filledIn.size() == 150);
    }
    List<String> after = asked.stream().map(ProbeRequest::after).toList();
    assertEquals(List.of("a-1", "p-60", "p-120"), after);
    assertEquals(60, asked.get(0).limit());
    long age = asked.get(0).afterAgeMillis();
    assertTrue(age >= 60 * MINUTE && age < 61 * MINUTE, "age " + age);
    ClusterSummary first = filledIn.get(0).summary();
    assertEquals("p-1", first.snapshotId());
    assertEquals(
        5 * MINUTE + 149_000, first.receivedAtEpochMillis() - first.observedAtEpochMillis());
    assertEquals("The hpc1", first.title());
    assertEquals(new ClusterSummary.Jobs(1, 0, 0, 0, 0), first.jobs());
    assertEquals("alice", first.usage().user().get(0).key());
    assertTrue(stored.containsAll(ids(1, 150)));
    assertEquals(150, rig.count("qstatmesh.poller.backfilled"));
    assertEquals(1, rig.count("qstatmesh.poller.backfills", "result", "DONE"));
    // what is filled in is marked, and everything marked was filled in
    assertEquals(
        150, rig.ears.taken.stream().filter(row -> row.snapshotId().contains("p-")).count());
  }

  @Test
  void withoutAnySampleADayIsAskedFor() throws Exception {
    storeHas();
    try (FakeProbe probe = probe(request -> past(1, 3))) {
      rig.deploy(PollerRig.direct("hpc1", probe.address()));
      rig.ears.until(() -> filledIn.size() == 3);
    }
    assertEquals(null, asked.get(0).after());
    long age = asked.get(0).afterAgeMillis();
    assertTrue(Math.abs(age - 24 * 60 * MINUTE) < MINUTE, "age " + age);
  }

  @Test
  void withoutAGapNobodyIsAsked() throws Exception {
    storeHas(summary("a-1", System.currentTimeMillis() - 40_000));
    try (FakeProbe probe = probe(request -> past(1, 3))) {
      rig.deploy(PollerRig.direct("hpc1", probe.address()));
      rig.ears.until(() -> rig.ears.takenSoFar("hpc1") >= 8);
    }
    assertEquals(List.of(), asked);
  }

  @Test
  void theNextPageWaitsUntilTheLastIsStored() throws Exception {
    storeHas(summary("a-1", System.currentTimeMillis() - 60 * MINUTE));
    storing = false;
    try (FakeProbe probe = probe(request -> past(1, 100))) {
      rig.deploy(PollerRig.direct("hpc1", probe.address()));
      // published again and again, and polls go on meanwhile
      rig.ears.until(() -> filledIn.size() >= 180 && rig.ears.takenSoFar("hpc1") > 190);
      assertEquals(1, asked.size());
      storing = true;
      rig.ears.until(() -> stored.containsAll(ids(1, 100)));
    }
    assertEquals(2, asked.size());
  }

  @Test
  void aProbeThatKnowsNothingOfItIsAskedOnce() throws Exception {
    storeHas(summary("a-1", System.currentTimeMillis() - 60 * MINUTE));
    try (FakeProbe probe =
        FakeProbe.answering(
            request -> {
              if (request.op() != ProbeRequest.Op.BACKFILL) {
                return FakeProbe.snapshot(request, Snapshots.small("s-" + request.id()));
              }
              asked.add(request);
              // a probe that cannot read the request cannot repeat its id
              return List.of(
                  WireCodec.encodeReply(
                      new ProbeReply.Failed(
                          null, ProbeError.of(ProbeErrorCode.PROBE_PROTOCOL, "unknown op"))));
            })) {
      rig.deploy(PollerRig.direct("hpc1", probe.address()));
      rig.ears.until(() -> asked.size() == 1 && rig.ears.takenSoFar("hpc1") >= 8);
    }
    assertEquals(1, asked.size());
    assertEquals(List.of(), filledIn);
    assertEquals(1, rig.count("qstatmesh.poller.backfills", "result", "REFUSED"));
    assertEquals(List.of(), rig.ears.failed.stream().filter(f -> f.failuresInARow() > 1).toList());
  }

  @Test
  void whatALiarHandsInIsBounded() throws Exception {
    storeHas(summary("a-1", System.currentTimeMillis() - 60 * MINUTE));
    PastSummary foreign = pastSummary("p-1", null);
    PastSummary before = pastSummary("p-2", 61 * MINUTE);
    PastSummary endless = pastSummary("x".repeat(9_000), 5 * MINUTE);
    PastSummary good = pastSummary("p-3", 4 * MINUTE);
    PastSummary future = pastSummary("p-4", 0L);
    try (FakeProbe probe =
        probe(request -> new Backfill(List.of(foreign, before, endless, good, future), true, 0))) {
      rig.deploy(PollerRig.direct("hpc1", probe.address()));
      rig.ears.until(() -> rig.count("qstatmesh.poller.backfills", "result", "DONE") == 1);
    }
    assertEquals(
        List.of("p-3"), filledIn.stream().map(news -> news.summary().snapshotId()).toList());
    assertEquals(1, asked.size());
  }

  /** A probe with a new sample at each poll. */
  private FakeProbe probe(Function<ProbeRequest, Backfill> past) {
    return FakeProbe.answering(
        request -> {
          if (request.op() != ProbeRequest.Op.BACKFILL) {
            return FakeProbe.snapshot(request, Snapshots.small("s-" + request.id()));
          }
          asked.add(request);
          Backfill all = past.apply(request);
          return List.of(
              WireCodec.encodeReply(new ProbeReply.OfBackfill(request.id(), page(all, request))));
        });
  }

  /** What comes after the last that the asker has, at most its limit. */
  private static Backfill page(Backfill all, ProbeRequest request) {
    List<PastSummary> left = new ArrayList<>(all.summaries());
    int had = left.stream().map(PastSummary::snapshotId).toList().indexOf(request.after());
    left.subList(0, had + 1).clear();
    int end = Math.min(request.limit(), left.size());
    return new Backfill(left.subList(0, end), all.more() || end < left.size(), 0);
  }

  /** So many samples, one a second, up to five minutes ago. */
  private static Backfill past(int first, int last) {
    return new Backfill(
        IntStream.rangeClosed(first, last)
            .mapToObj(i -> pastSummary("p-" + i, 5 * MINUTE + (last - i) * 1_000L))
            .toList(),
        false,
        0);
  }

  private static List<String> ids(int first, int last) {
    return IntStream.rangeClosed(first, last).mapToObj(i -> "p-" + i).toList();
  }

  private static PastSummary pastSummary(String id, Long ageMillis) {
    return new PastSummary(
        id,
        1,
        ageMillis,
        "torque",
        "6.1.3",
        "login1",
        Visibility.ALL,
        org.qstatmesh.wire.summary.Summaries.of(
            JobTally.of(List.of(Snapshots.running("1", "alice", 4).build())), null, null));
  }

  private static ClusterSummary summary(String id, long observedAtEpochMillis) {
    return Summaries.of(
        PollerRig.direct("hpc1", new org.qstatmesh.bus.ProbeAddress("127.0.0.1", 7621)),
        Picture.after(null, Snapshots.small(id), observedAtEpochMillis),
        null,
        observedAtEpochMillis);
  }

  private void storeHas(ClusterSummary... summaries) {
    Addresses.LATEST.serve(
        rig.vertx, query -> Future.succeededFuture(new LatestAnswer(List.of(summaries))));
  }
}
