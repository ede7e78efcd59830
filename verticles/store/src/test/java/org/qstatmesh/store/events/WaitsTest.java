package org.qstatmesh.store.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.qstatmesh.bus.ClusterChanges.JobChange;

@Timeout(60)
class WaitsTest {
  private static final int SIZES = 1_200;

  /** A wait of so many tasks. */
  private record Started(int queue, int slots, long seconds, int tasks) {
    StoredJob job() {
      return new StoredJob(
          JobChange.STARTED,
          0,
          1,
          "",
          0,
          queue,
          0,
          tasks,
          slots,
          0,
          seconds,
          StoredJob.UNKNOWN,
          seconds);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void percentilesAreThoseOfTheList(long seed) {
    List<Started> all = started(new Random(seed), 3_000);
    WaitTable table = new WaitTable();
    all.forEach(one -> table.job(one.job()));
    List<WaitSummary> summaries = WaitSummary.of(table, 100);
    assertEquals(WaitSummary.ALL_QUEUES, summaries.get(0).queue());
    assertEquals(SizeClass.ANY, summaries.get(0).size());
    assertEquals(7 * 6, summaries.size());
    for (WaitSummary summary : summaries) {
      long[] naive = naive(all, summary.queue(), summary.size());
      assertEquals(naive.length, summary.count());
      assertEquals(naive[(naive.length * 50 + 99) / 100 - 1], summary.p50Seconds());
      assertEquals(naive[(naive.length * 90 + 99) / 100 - 1], summary.p90Seconds());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {5, 6})
  void ofDaysTheyAreWrongByFivePercentAtMost(long seed) {
    List<Started> all = started(new Random(seed), 3_000);
    WaitTable days = new WaitTable();
    for (int day = 0; day < 3; day++) {
      WaitTable ofDay = new WaitTable();
      all.subList(day * 1_000, day * 1_000 + 1_000).forEach(one -> ofDay.job(one.job()));
      DayBody.read(DayBody.encode(ofDay), days);
    }
    assertEquals(all.stream().mapToLong(Started::tasks).sum(), days.tasks(JobChange.STARTED));
    for (WaitSummary summary : WaitSummary.of(days, 100)) {
      long[] naive = naive(all, summary.queue(), summary.size());
      assertEquals(naive.length, summary.count());
      assertNear(naive[(naive.length * 50 + 99) / 100 - 1], summary.p50Seconds());
      assertNear(naive[(naive.length * 90 + 99) / 100 - 1], summary.p90Seconds());
    }
  }

  @Test
  void everyWaitIsNearItsClass() {
    for (long seconds = 0; seconds < 200_000; seconds++) {
      assertNear(seconds, Waits.secondsOf(Waits.classOf(seconds)));
    }
    for (long seconds = 200_000; seconds < 1L << 41; seconds = seconds * 11 / 10) {
      assertNear(seconds, Waits.secondsOf(Waits.classOf(seconds)));
    }
  }

  /** A rounded second is no error of a class. */
  private static void assertNear(long truth, long told) {
    double allowed = truth * 0.05 + 0.5;
    assertTrue(Math.abs(truth - told) <= allowed, () -> told + " for " + truth);
  }

  @ParameterizedTest
  @CsvSource({"0,6", "-1,6", "1,0", "2,1", "8,1", "9,2", "32,2", "33,3", "128,3", "129,4", "512,4"})
  void aJobHasASize(int slots, int code) {
    assertEquals(code, SizeClass.codeOf(slots));
    assertEquals(5, SizeClass.codeOf(513));
    assertEquals(5, SizeClass.codeOf(Integer.MAX_VALUE));
  }

  @Test
  void veryManyAreCountedByClass() {
    WaitTable table = new WaitTable();
    Random random = new Random(9);
    int all = 600_000;
    for (int i = 0; i < all; i++) {
      table.job(new Started(1, 4, 1_000 + random.nextInt(1_000), 1).job());
    }
    WaitSummary summary = WaitSummary.of(table, 100).get(0);
    assertEquals(all, summary.count());
    assertNear(1_500, summary.p50Seconds());
    assertTrue(table.queues().get(1)[1].exactSize() < 500_000);
  }

  @Test
  void anArrayOfAMillionTasksCountsWhole() {
    WaitTable table = new WaitTable();
    table.job(new Started(1, 4, 77, 5_000_000).job());
    WaitSummary summary = WaitSummary.of(table, 100).get(0);
    assertEquals(5_000_000, summary.count());
    assertEquals(77, summary.p90Seconds());
  }

  @Test
  void aHostileNumberOfQueuesIsBounded() {
    WaitTable table = new WaitTable();
    for (int queue = 1; queue < 5_000; queue++) {
      table.job(new Started(queue, 4, queue, queue == 17 ? 3 : 1).job());
    }
    assertTrue(table.queues().size() <= 1_001);
    List<WaitSummary> summaries = WaitSummary.of(table, 2);
    assertEquals(5_001, summaries.get(0).count());
    assertEquals(17, summaries.get(2).queue());
    assertEquals(6, summaries.size());
  }

  @Test
  void damageIsNoticed() {
    WaitTable table = new WaitTable();
    started(new Random(1), 100).forEach(one -> table.job(one.job()));
    byte[] body = DayBody.encode(table);
    for (int length = 1; length < body.length; length++) {
      byte[] cut = Arrays.copyOf(body, length);
      assertThrows(IllegalArgumentException.class, () -> DayBody.read(cut, new WaitTable()));
    }
  }

  private static List<Started> started(Random random, int count) {
    List<Started> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long wait = (long) Math.exp(random.nextDouble() * 14);
      int slots = (int) Math.exp(random.nextDouble() * Math.log(SIZES));
      all.add(
          new Started(
              random.nextInt(6),
              slots,
              wait - 1,
              random.nextInt(9) == 0 ? random.nextInt(50) + 1 : 1));
    }
    return all;
  }

  private static long[] naive(List<Started> all, int queue, SizeClass size) {
    return all.stream()
        .filter(one -> queue == WaitSummary.ALL_QUEUES || one.queue == queue)
        .filter(one -> one.slots >= size.minSlots())
        .filter(one -> size.maxSlots() == null || one.slots <= size.maxSlots())
        .flatMapToLong(one -> LongStream.generate(() -> one.seconds).limit(one.tasks))
        .sorted()
        .toArray();
  }
}
