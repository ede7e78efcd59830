package org.qstatmesh.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.qstatmesh.store.RunningStore.NOON;

import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.qstatmesh.bus.Addresses;
import org.qstatmesh.bus.ClusterChanges;
import org.qstatmesh.bus.ClusterChanges.JobChange;
import org.qstatmesh.bus.ClusterChanges.JobEvent;
import org.qstatmesh.bus.ClusterChanges.NodeEvent;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.bus.EventsAnswer;
import org.qstatmesh.bus.EventsQuery;
import org.qstatmesh.bus.ForgetAnswer;
import org.qstatmesh.bus.ForgetQuery;
import org.qstatmesh.bus.MeshCodec;
import org.qstatmesh.bus.QueryFailure;
import org.qstatmesh.bus.SnapshotTaken;
import org.qstatmesh.bus.WaitsAnswer.Wait;
import org.qstatmesh.bus.WaitsQuery;
import org.qstatmesh.store.events.EventDays;
import org.qstatmesh.store.events.EventForgetting;
import org.qstatmesh.wire.NodeState;

/** What changed, from the bus to the disk and back. */
@ExtendWith(VertxExtension.class)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class EventsTest {
  private static final long MINUTE = 60_000;
  private static final long DAY = 24 * 60 * MINUTE;

  private final Random random = new Random(11);
  @TempDir private Path directory;
  private Vertx vertx;
  private int snapshots;

  @BeforeEach
  void codec(Vertx vertx) {
    this.vertx = vertx;
    MeshCodec.install(vertx);
  }

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
  void waitsAreThoseOfTheJobsThatStartedInTheWindow() throws Exception {
    RunningStore store = RunningStore.in(vertx, directory);
    List<JobEvent> jobs = new ArrayList<>();
    List<SnapshotTaken> all = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      long at = NOON - random.nextLong(5 * DAY);
      JobEvent[] some = {started(at), started(at), started(at), job("1", "alice", at)};
      jobs.addAll(Arrays.asList(some));
      all.add(taken("hpc1", at, some));
    }
    all.add(taken("hpc2", NOON, started(NOON)));
    store(store, all);

    long from = NOON - 3 * DAY;
    List<Wait> waits = waits("hpc1", from, NOON);
    Wait any = waits.get(0);
    assertEquals("hpc1", any.cluster());
    assertEquals(null, any.queueName());
    assertEquals(List.of(0, 1, 2, 9, 33, 129, 513), sizes(waits, null));
    assertEquals(List.of(0, 1, 2, 9, 33, 129, 513), sizes(waits, "batch"));
    List<String> queues = waits.stream().map(Wait::queueName).distinct().toList();
    assertEquals(Arrays.asList(null, "batch", "fat", "short"), queues);
    for (Wait wait : waits) {
      assertTold(naive(jobs, wait, from, NOON), wait);
    }
    List<Wait> everywhere = waits(null, from, NOON + 1);
    assertEquals(waits, everywhere.stream().filter(w -> w.cluster().equals("hpc1")).toList());
    assertEquals("hpc2", everywhere.get(everywhere.size() - 1).cluster());
    assertEquals(List.of(), waits("hpc3", from, NOON));
    store.stop();
  }

  private static List<Integer> sizes(List<Wait> waits, String queue) {
    return waits.stream()
        .filter(wait -> queue == null ? wait.queueName() == null : queue.equals(wait.queueName()))
        .map(Wait::minSlots)
        .toList();
  }

  private static void assertTold(long[] naive, Wait wait) {
    assertEquals(naive.length, wait.count());
    assertEquals(naive[(naive.length * 50 + 99) / 100 - 1], wait.p50Seconds());
    assertEquals(naive[(naive.length * 90 + 99) / 100 - 1], wait.p90Seconds());
  }

  private static long[] naive(List<JobEvent> jobs, Wait wait, long from, long to) {
    return jobs.stream()
        .filter(job -> job.change() == JobChange.STARTED && job.waitSeconds() != null)
        .filter(job -> job.atEpochMillis() >= from && job.atEpochMillis() < to)
        .filter(job -> wait.queueName() == null || wait.queueName().equals(job.queueName()))
        .filter(job -> job.slots() >= wait.minSlots())
        .filter(job -> wait.maxSlots() == null || job.slots() <= wait.maxSlots())
        .mapToLong(JobEvent::waitSeconds)
        .sorted()
        .toArray();
  }

  @Test
  void oldDaysAreSummarisedAndLateEventsAdded() throws Exception {
    List<JobEvent> jobs = new ArrayList<>();
    RunningStore store = RunningStore.in(vertx, directory);
    for (int round = 0; round < 2; round++) {
      List<SnapshotTaken> all = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        long at = NOON - random.nextLong(6 * DAY);
        JobEvent[] some = {started(at), job(Integer.toString(i), "alice", at)};
        jobs.addAll(Arrays.asList(some));
        all.add(taken("hpc1", at, some));
      }
      store(store, all);
      summarise(NOON - 3 * DAY, Long.MAX_VALUE);
    }
    long limit = Math.floorDiv(NOON - 3 * DAY, DAY) * DAY;
    assertEquals(0, number("SELECT count(*) FROM event WHERE observed_at_epoch_millis < " + limit));
    List<JobEvent> kept = events("hpc1", 0, NOON + DAY, "alice", 1_000).jobs();
    assertEquals(
        jobs.stream()
            .filter(job -> job.atEpochMillis() >= limit && "alice".equals(job.jobOwner()))
            .count(),
        kept.size());
    for (Wait wait : waits("hpc1", 0, NOON + DAY)) {
      long[] naive = naive(jobs, wait, 0, NOON + DAY);
      assertEquals(naive.length, wait.count());
      assertNear(naive[(naive.length * 50 + 99) / 100 - 1], wait.p50Seconds());
      assertNear(naive[(naive.length * 90 + 99) / 100 - 1], wait.p90Seconds());
    }
    long noon = limit - DAY / 2;
    assertEquals(List.of(), waits("hpc1", noon + 1, limit));
    long count = waits("hpc1", noon, noon + 1).get(0).count();
    assertEquals(naive(jobs, anyWait(), limit - DAY, limit).length, count);
    store.stop();
  }

  private static Wait anyWait() {
    return new Wait("hpc1", null, 0, null, 0, 0, 0);
  }

  private static void assertNear(long truth, long told) {
    assertTrue(Math.abs(truth - told) <= truth * 0.05 + 0.5, () -> told + " for " + truth);
  }

  @Test
  void tooManyBytesAreSummarisedEarlyOldestFirst() throws Exception {
    RunningStore store = RunningStore.in(vertx, directory);
    for (int day = 9; day >= 0; day--) {
      store(store, List.of(taken("hpc1", NOON - day * DAY, started(NOON), started(NOON))));
    }
    long bytes = number("SELECT sum(length(body)) FROM event");

    assertEquals(5, summarise(0, bytes / 2));
    assertEquals(5, number("SELECT count(*) FROM event_day"));
    assertEquals(0, summarise(0, bytes / 2));
    assertEquals(NOON - 4 * DAY, number("SELECT min(observed_at_epoch_millis) FROM event"));
    assertEquals(20, waits("hpc1", 0, NOON + DAY).get(0).count());
    store.stop();
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

  private long days() {
    try {
      return number("SELECT count(*) FROM event_day");
    } catch (Exception e) {
      throw new AssertionError(e);
    }
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

  private static void assertRefused(String field, org.junit.jupiter.api.function.Executable ask) {
    QueryFailure refusal = assertThrows(QueryFailure.class, ask);
    assertEquals(QueryFailure.BAD_QUERY, refusal.code());
    assertTrue(refusal.getMessage().startsWith(field), refusal.getMessage());
  }

  /** As the keeper does it; returns how many days were summarised early. */
  private int summarise(long limitMillis, long mostBytes) throws Exception {
    int[] early = {0};
    try (Connection connection = TestDatabase.connect(directory);
        EventDays days = EventDays.bounded(connection, mostBytes, () -> early[0]++)) {
      days.begin(limitMillis);
      int worked = 0;
      while (days.work()) {
        assertTrue(worked++ < 100);
      }
    }
    return early[0];
  }

  private EventsAnswer events(String cluster, long from, long to, String owner, int limit)
      throws Exception {
    EventsQuery query = new EventsQuery(cluster, from, to, owner, limit);
    return RunningStore.await(Addresses.EVENTS.ask(vertx, query, RunningStore.PATIENCE));
  }

  private List<Wait> waits(String cluster, long from, long to) throws Exception {
    WaitsQuery query = new WaitsQuery(cluster, from, to);
    return RunningStore.await(Addresses.WAITS.ask(vertx, query, RunningStore.PATIENCE)).waits();
  }

  private long number(String sql) throws Exception {
    try (Connection connection = TestDatabase.connect(directory);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  private void store(RunningStore store, List<SnapshotTaken> all) throws Exception {
    all.stream()
        .sorted(Comparator.comparing(taken -> taken.summary().snapshotId()))
        .forEach(taken -> Addresses.SNAPSHOT_TAKEN.publish(vertx, taken));
    store.awaitAcknowledged(all.stream().map(SnapshotTaken::summary).toList());
  }

  private ClusterSummary summary(String cluster, long observedAt) {
    return Summaries.empty(cluster, "s-" + snapshots++, observedAt);
  }

  private SnapshotTaken taken(String cluster, long observedAt, JobEvent... jobs) {
    return with(
        summary(cluster, observedAt), new ClusterChanges(Arrays.asList(jobs), List.of(), 0));
  }

  private static SnapshotTaken with(ClusterSummary summary, ClusterChanges changes) {
    return new SnapshotTaken(summary, false, null, changes);
  }

  /** Of a wait of two minutes. */
  private static JobEvent job(String id, String owner, long at) {
    long now = at / 1_000;
    return new JobEvent(
        JobChange.STARTED, at, id, owner, "batch", "chem", 1, 4, now - 130, now - 10, null, 120L);
  }

  /** Any size, queue and wait; some of no queue or of no known wait. */
  private JobEvent started(long at) {
    long now = at / 1_000;
    List<String> queues = Arrays.asList("batch", "fat", "short", null);
    long wait = (long) Math.exp(random.nextDouble() * 12);
    boolean known = random.nextInt(8) > 0;
    return new JobEvent(
        JobChange.STARTED,
        at,
        random.nextInt(99_999) + ".login1",
        "bob",
        queues.get(random.nextInt(4)),
        null,
        1,
        (int) Math.exp(random.nextDouble() * 7),
        now - wait,
        now,
        null,
        known ? (Long) wait : null);
  }
}
