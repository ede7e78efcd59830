package org.qstatmesh.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import org.qstatmesh.bus.ClusterChanges.JobChange;
import org.qstatmesh.bus.ClusterChanges.JobEvent;
import org.qstatmesh.bus.SnapshotTaken;
import org.qstatmesh.bus.WaitsAnswer.Kept;
import org.qstatmesh.bus.WaitsAnswer.Wait;
import org.qstatmesh.store.events.EventDays;

/** What becomes of events: waits, days, and nobody's. */
@ExtendWith(VertxExtension.class)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class EventDaysTest extends StoredEvents {
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
  void theAnswerSaysSinceWhenWaitsAreKept() throws Exception {
    RunningStore store = RunningStore.in(vertx, directory);
    assertEquals(List.of(), kept(0, NOON));
    for (int day = 9; day >= 0; day--) {
      store(store, List.of(taken("hpc1", NOON - day * DAY, started(NOON))));
    }
    store(store, List.of(taken("hpc2", NOON - DAY, started(NOON))));
    List<Kept> before = List.of(new Kept("hpc1", NOON - 9 * DAY), new Kept("hpc2", NOON - DAY));
    assertEquals(before, kept(0, NOON + DAY));
    summarise(NOON - 3 * DAY, Long.MAX_VALUE);
    long day = Math.floorDiv(NOON - 9 * DAY, DAY) * DAY;
    assertEquals(new Kept("hpc1", day), kept(0, NOON + DAY).get(0));
    long later = NOON - 4 * DAY;
    assertEquals(new Kept("hpc1", later), kept(later, NOON + DAY).get(0), "no further than asked");
    store.stop();
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
}
