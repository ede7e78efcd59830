package org.qstatmesh.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.qstatmesh.store.RunningStore.NOON;

import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.bus.Addresses;
import org.qstatmesh.bus.ClusterChanges;
import org.qstatmesh.bus.ClusterChanges.ClusterChange;
import org.qstatmesh.bus.ClusterChanges.ClusterEvent;
import org.qstatmesh.bus.ClusterChanges.NodeEvent;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.bus.EventsAnswer;
import org.qstatmesh.bus.EventsQuery;
import org.qstatmesh.bus.Failure;
import org.qstatmesh.bus.FailureCode;
import org.qstatmesh.bus.MeshCodec;
import org.qstatmesh.bus.PollFailed;
import org.qstatmesh.bus.SnapshotTaken;
import org.qstatmesh.store.events.ClusterChangeTable;
import org.qstatmesh.store.keep.Alarms;
import org.qstatmesh.store.keep.Retention;
import org.qstatmesh.store.write.SampleWriter;
import org.qstatmesh.wire.NodeState;

/** A cluster that stops answering, and answers again, is told once each. */
@ExtendWith(VertxExtension.class)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ClusterChangesTest {
  private static final long MINUTE = 60_000;
  private static final long DAY = 24 * 60 * MINUTE;
  private static final long SOON = 1_000;

  @TempDir private Path directory;
  private Vertx vertx;
  private int snapshots;

  @BeforeEach
  void codec(Vertx vertx) {
    this.vertx = vertx;
    MeshCodec.install(vertx);
  }

  @Test
  void anOutageIsTwoEventsHoweverManyPollsFailAndWhateverIsStartedAgain() throws Exception {
    RunningStore store = RunningStore.in(vertx, directory);
    store.store(List.of(seen(NOON)));
    failed(1, NOON + 5 * MINUTE, NOON + 5 * MINUTE);
    // One failure is none; the summary is written behind it.
    store.store(List.of(other(NOON)));
    assertEquals(List.of(), changes());

    failed(2, NOON + 5 * MINUTE, NOON + 6 * MINUTE);
    ClusterEvent down = down(NOON + 5 * MINUTE);
    Eventually.eventually("it is down", () -> changes().equals(List.of(down)));
    failed(3, NOON + 5 * MINUTE, NOON + 7 * MINUTE);
    store.store(List.of(other(NOON + MINUTE)));
    store.stop();

    RunningStore again = RunningStore.in(vertx, directory);
    failed(4, NOON + 5 * MINUTE, NOON + 8 * MINUTE);
    again.store(List.of(seen(NOON + 4 * MINUTE), other(NOON + 2 * MINUTE)));
    assertEquals(List.of(down), changes(), "what was seen before it went down says nothing");

    ClusterSummary back = seen(NOON + 9 * MINUTE);
    again.store(List.of(back));
    ClusterEvent up =
        new ClusterEvent(ClusterChange.CLUSTER_UP, back.receivedAtEpochMillis(), null);
    assertEquals(List.of(up, down), changes());
    failed(5, NOON + 5 * MINUTE, NOON + 8 * MINUTE);
    again.store(List.of(seen(NOON + 10 * MINUTE)));
    assertEquals(List.of(up, down), changes(), "a poll that failed before it came back is late");
    failed(2, NOON + 20 * MINUTE, NOON + 21 * MINUTE);
    Eventually.eventually(
        "it is down again", () -> changes().equals(List.of(down(NOON + 20 * MINUTE), up, down)));
    again.stop();
  }

  @Test
  void whatIsOnDiskAlreadyStillSaysThatTheClusterAnswers() throws Exception {
    RunningStore store = RunningStore.in(vertx, directory);
    ClusterSummary unchanged = seen(NOON);
    store.store(List.of(unchanged));
    failed(2, NOON + MINUTE, NOON + MINUTE);
    Eventually.eventually("it is down", () -> changes().size() == 1);

    store.store(List.of(received(unchanged, NOON + 3 * MINUTE)));

    ClusterEvent up = new ClusterEvent(ClusterChange.CLUSTER_UP, NOON + 3 * MINUTE, null);
    assertEquals(List.of(up, down(NOON + MINUTE)), changes());
    store.stop();
  }

  @Test
  void outagesStandAmongOtherEventsByTheirTime() throws Exception {
    SampleWriter writer = writer(new SetClock(NOON));
    NodeEvent node = new NodeEvent(NOON, "n1", NodeState.FULL, NodeState.DOWN, "fan");
    SnapshotTaken withNode =
        new SnapshotTaken(seen(NOON), false, null, new ClusterChanges(List.of(), List.of(node), 0));
    writer.open();
    writer.write(List.of(), List.of(poll(2, NOON - 3 * DAY, NOON - 3 * DAY)));
    writer.write(List.of(new SnapshotTaken(seen(NOON - 2 * DAY))));
    writer.write(List.of(withNode));
    writer.write(List.of(), List.of(poll(2, NOON + DAY, NOON + DAY)));
    writer.close();

    RunningStore again = RunningStore.in(vertx, directory);
    EventsAnswer all = events(null, 10);
    assertEquals(3, all.clusters().size());
    assertEquals(List.of(node), all.nodes());
    assertFalse(all.more());
    EventsAnswer some = events(null, 2);
    assertEquals(List.of(down(NOON + DAY)), some.clusters());
    assertEquals(List.of(node), some.nodes());
    assertTrue(some.more());
    assertEquals(List.of(down(NOON + DAY)), events(null, 1).clusters());
    assertEquals(List.of(), events("alice", 10).clusters());
    again.stop();
  }

  @Test
  void oldOnesGoButHowAClusterStandsIsKnown() throws Exception {
    SetClock clock = new SetClock(NOON);
    SampleWriter writer = writer(clock);
    writer.open();
    for (int i = 0; i < 10; i++) {
      long at = NOON + i * MINUTE;
      writer.write(List.of(), List.of(poll(2, at, at)));
      writer.write(List.of(new SnapshotTaken(seen(at + 2 * SOON))));
    }
    assertEquals(20, rows());
    try (Connection connection = TestDatabase.connect(directory);
        ClusterChangeTable table = new ClusterChangeTable(connection)) {
      table.deleteOld(NOON + MINUTE, 5);
    }
    assertEquals(5, rows());
    writer.close();

    clock.millis = NOON + 1_000 * DAY;
    writer = writer(clock);
    writer.open();
    while (writer.keep(Duration.ofSeconds(1))) {
      // until all is done
    }
    writer.close();
    assertEquals(1, rows());
  }

  private SampleWriter writer(SetClock clock) {
    return new SampleWriter(TestDatabase.database(directory), Retention.USUAL, clock, new Alarms());
  }

  private long rows() throws Exception {
    try (Connection connection = TestDatabase.connect(directory);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM cluster_change")) {
      row.next();
      return row.getLong(1);
    }
  }

  private List<ClusterEvent> changes() {
    try {
      return new ArrayList<>(events(null, 100).clusters());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private EventsAnswer events(String owner, int limit) throws Exception {
    EventsQuery query = new EventsQuery("hpc1", 0, NOON + 9 * DAY, owner, limit);
    return RunningStore.await(Addresses.EVENTS.ask(vertx, query, RunningStore.PATIENCE));
  }

  private static ClusterEvent down(long at) {
    return new ClusterEvent(ClusterChange.CLUSTER_DOWN, at, FailureCode.PROBE_UNREACHABLE);
  }

  private void failed(int inARow, long since, long at) {
    Addresses.POLL_FAILED.publish(vertx, poll(inARow, since, at));
  }

  private static PollFailed poll(int inARow, long since, long at) {
    Failure failure = new Failure(FailureCode.PROBE_UNREACHABLE, "refused", since, "start it");
    return new PollFailed("hpc1", failure, inARow, at);
  }

  private ClusterSummary seen(long at) {
    return Summaries.empty("hpc1", "s-" + snapshots++, at);
  }

  private ClusterSummary other(long at) {
    return Summaries.empty("hpc2", "s-" + snapshots++, at);
  }

  private static ClusterSummary received(ClusterSummary again, long at) {
    return new ClusterSummary(
        again.cluster(),
        again.title(),
        again.drms(),
        again.drmsVersion(),
        again.serverName(),
        again.visibility(),
        again.status(),
        again.failure(),
        again.revision(),
        again.snapshotId(),
        again.observedAtEpochMillis(),
        at,
        again.staleAfterMillis(),
        again.jobs(),
        again.slots(),
        again.gpus(),
        again.nodes(),
        again.usage(),
        again.waiting(),
        again.queues());
  }
}
