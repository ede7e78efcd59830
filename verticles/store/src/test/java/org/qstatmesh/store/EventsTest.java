package org.qstatmesh.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.qstatmesh.store.RunningStore.NOON;

import io.vertx.junit5.VertxExtension;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.qstatmesh.bus.Addresses;
import org.qstatmesh.bus.ClusterChanges;
import org.qstatmesh.bus.ClusterChanges.JobEvent;
import org.qstatmesh.bus.ClusterChanges.NodeEvent;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.bus.EventsAnswer;
import org.qstatmesh.bus.ForgetAnswer;
import org.qstatmesh.bus.ForgetQuery;
import org.qstatmesh.bus.SnapshotTaken;
import org.qstatmesh.store.events.EventForgetting;
import org.qstatmesh.wire.NodeState;

/** Events are kept once, and answered newest first. */
@ExtendWith(VertxExtension.class)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class EventsTest extends StoredEvents {
  @Test
  void eventsAreReadBackNewestFirst() throws Exception {
    RunningStore store = RunningStore.in(vertx, directory);
    SnapshotTaken old = taken("hpc1", NOON - 3 * DAY, job("1", "alice", NOON - 3 * DAY));
    JobEvent two = job("2", "alice", NOON);
    JobEvent odd = job("ü[3].x", null, NOON);
    NodeEvent node = new NodeEvent(NOON + MINUTE, "n1", NodeState.FULL, NodeState.DOWN, "fan");
    SnapshotTaken later =
        with(summary("hpc1", NOON + MINUTE), new ClusterChanges(List.of(), List.of(node), 3));
    store(store, List.of(old, taken("hpc1", NOON, two, odd), later));
    store(store, List.of(taken("hpc2", NOON, job("9", "alice", NOON))));

    EventsAnswer all = events("hpc1", NOON - 9 * DAY, NOON + DAY, null, 10);
    assertEquals(List.of(two, odd, old.changes().jobs().get(0)), all.jobs());
    assertEquals(List.of(node), all.nodes());
    assertFalse(all.more());

    EventsAnswer some = events("hpc1", NOON - 9 * DAY, NOON + DAY, null, 2);
    assertEquals(List.of(two), some.jobs());
    assertEquals(List.of(node), some.nodes());
    assertTrue(some.more());

    EventsAnswer ofOne = events("hpc1", NOON - 9 * DAY, NOON + DAY, "alice", 10);
    assertEquals(List.of(two, old.changes().jobs().get(0)), ofOne.jobs());
    assertEquals(List.of(), ofOne.nodes());

    assertEquals(List.of(two, odd), events("hpc1", NOON, NOON + 1, null, 10).jobs());
    assertEquals(List.of(), events("hpc1", NOON + 1, NOON + MINUTE, null, 10).jobs());
    assertEquals(List.of(), events("hpc1", NOON, NOON + DAY, "nobody", 10).jobs());
    assertEquals(List.of(), events("hpc3", NOON, NOON + DAY, null, 10).jobs());
    store.stop();

    RunningStore again = RunningStore.in(vertx, directory);
    assertEquals(all, events("hpc1", NOON - 9 * DAY, NOON + DAY, null, 10));
    again.stop();
  }

  @Test
  void aSampleThatIsThereBringsItsEventsOnce() throws Exception {
    RunningStore store = RunningStore.in(vertx, directory);
    ClusterSummary missed = summary("hpc1", NOON);
    SnapshotTaken live =
        with(missed, new ClusterChanges(List.of(job("1", "alice", NOON)), List.of(), 0));
    store.fillIn(missed);
    assertEquals(List.of(), events("hpc1", NOON, NOON + DAY, null, 10).jobs());
    store(store, List.of(live));
    store(store, List.of(live));
    store(store, List.of(live));
    store.fillIn(missed);

    assertEquals(live.changes().jobs(), events("hpc1", NOON, NOON + DAY, null, 10).jobs());
    assertEquals(1, waits("hpc1", NOON, NOON + DAY).get(0).count());
    store.stop();
    assertEquals(1, number("SELECT count(*) FROM event"));
  }

  @Test
  void aForgottenPersonsJobsAreNobodys() throws Exception {
    RunningStore store = RunningStore.in(vertx, directory);
    List<SnapshotTaken> all = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      long at = NOON - i * MINUTE;
      all.add(taken("hpc1", at, job("1", "alice", at), job("2", "bob", at)));
    }
    store(store, all);
    int alice = (int) number("SELECT number FROM word WHERE kind = 0 AND word = 'alice'");
    try (Connection connection = TestDatabase.connect(directory);
        EventForgetting forgetting = new EventForgetting(connection)) {
      EventForgetting.Work work = forgetting.work(1, alice);
      int steps = 0;
      while (!work.step()) {
        steps++;
      }
      assertEquals(500, work.events());
      assertTrue(steps > 1);
    }
    EventsAnswer answer = events("hpc1", 0, NOON + DAY, null, 1_000);
    assertEquals(1_000, answer.jobs().size());
    assertEquals(500, answer.jobs().stream().filter(job -> job.jobOwner() == null).count());
    assertEquals(500, events("hpc1", 0, NOON + DAY, "bob", 1_000).jobs().size());
    assertEquals(List.of(), events("hpc1", 0, NOON + DAY, "alice", 1_000).jobs());
    store.stop();
  }

  @Test
  void theStoreSummarisesByItselfAndForgetsWhomItIsTold() throws Exception {
    long old = NOON - 100 * DAY;
    RunningStore first = RunningStore.in(vertx, directory);
    store(first, List.of(taken("hpc1", old, job("1", "alice", old), job("2", "bob", old))));
    store(first, List.of(taken("hpc1", NOON, job("3", "alice", NOON), job("4", "bob", NOON))));
    store(first, List.of(taken("hpc2", NOON, job("5", "alice", NOON))));
    first.stop();

    RunningStore store = RunningStore.in(vertx, directory);
    Eventually.eventually("the old day is summarised", () -> days() == 1);
    assertEquals(2, number("SELECT count(*) FROM event"));
    assertEquals(4, waits("hpc1", 0, NOON + DAY).get(0).count());

    ForgetQuery query = new ForgetQuery("alice");
    ForgetAnswer answer =
        RunningStore.await(Addresses.FORGET.ask(vertx, query, RunningStore.PATIENCE));
    assertEquals(2, answer.clusters());
    assertEquals(2, answer.events());
    List<JobEvent> jobs = events("hpc1", 0, NOON + DAY, null, 10).jobs();
    assertEquals(Arrays.asList(null, "bob"), jobs.stream().map(JobEvent::jobOwner).toList());
    assertEquals(1, waits("hpc2", 0, NOON + DAY).get(0).count());
    store.stop();
  }

  @Test
  void anOwnerOfAnEventIsSeen() throws Exception {
    RunningStore store = RunningStore.in(vertx, directory);
    store(store, List.of(taken("hpc1", NOON, job("1", "alice", NOON))));
    store(store, List.of(taken("hpc1", NOON - 2 * DAY, job("1", "alice", NOON))));
    store.stop();
    assertEquals(
        NOON / DAY,
        number("SELECT last_seen_epoch_day FROM word WHERE kind = 0 AND word = 'alice'"));
  }

  @Test
  void whatCannotBeReadIsLeftOut() throws Exception {
    RunningStore store = RunningStore.in(vertx, directory);
    store(store, List.of(taken("hpc1", NOON - 2 * DAY, started(NOON - 2 * DAY))));
    store(store, List.of(taken("hpc1", NOON, started(NOON))));
    try (Connection connection = TestDatabase.connect(directory);
        var update =
            connection.prepareStatement(
                "UPDATE event SET body = ? WHERE observed_at_epoch_millis = ?")) {
      update.setBytes(1, new byte[] {9, 9, 9});
      update.setLong(2, NOON);
      update.executeUpdate();
    }
    assertEquals(1, waits("hpc1", 0, NOON + DAY).get(0).count());
    assertEquals(1, events("hpc1", 0, NOON + DAY, null, 10).jobs().size());
    store.stop();
  }

  @Test
  void aWrongQuestionIsRefused() throws Exception {
    RunningStore store = RunningStore.in(vertx, directory);
    assertRefused("limit", () -> events("hpc1", 0, 1, null, 0));
    assertRefused("cluster", () -> events(null, 0, 1, null, 10));
    assertRefused("toEpochMillis", () -> events("hpc1", 5, 5, null, 10));
    assertRefused("toEpochMillis", () -> waits("hpc1", 5, 5));
    assertEquals(List.of(), waits(null, 0, Long.MAX_VALUE));
    store.stop();
  }
}
