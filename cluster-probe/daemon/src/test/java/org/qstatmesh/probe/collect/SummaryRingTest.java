package org.qstatmesh.probe.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.qstatmesh.wire.Backfill;
import org.qstatmesh.wire.Job;
import org.qstatmesh.wire.JobState;
import org.qstatmesh.wire.PastSummary;
import org.qstatmesh.wire.ProbeRequest;
import org.qstatmesh.wire.Visibility;
import org.qstatmesh.wire.summary.JobTally;
import org.qstatmesh.wire.summary.Summaries;

@Timeout(30)
class SummaryRingTest {
  private static final long MINUTE = Duration.ofMinutes(1).toNanos();

  /** The clock has run for centuries and goes over its end in the middle of the test. */
  private static final long START = Long.MAX_VALUE - 3 * MINUTE;

  @Test
  void keepsOneAMinuteAndHandsThemOutInTheirOrder() {
    SummaryRing ring = new SummaryRing(BackfillOptions.DEFAULT);
    assertTrue(ring.isDue(START));
    ring.add(summary("a-1", 3), START);
    assertFalse(ring.isDue(START + MINUTE / 2));
    assertTrue(ring.isDue(START + MINUTE - 1));
    IntStream.rangeClosed(2, 6)
        .forEach(i -> ring.add(summary("a-" + i, i), START + (i - 1) * MINUTE));
    Backfill all = ring.after(ask(null, null, 100), START + 10 * MINUTE);
    assertEquals(List.of("a-1", "a-2", "a-3", "a-4", "a-5", "a-6"), ids(all));
    assertFalse(all.more());
    assertEquals(
        List.of(600_000L, 540_000L, 480_000L, 420_000L, 360_000L, 300_000L),
        all.summaries().stream().map(PastSummary::ageMillis).toList());
    assertEquals(summary("a-4", 4).withAgeMillis(420_000), all.summaries().get(3));
  }

  @Test
  void pagesGoOnAfterTheLast() {
    SummaryRing ring = filled(7);
    List<String> read = new ArrayList<>();
    Backfill page = ring.after(ask(null, null, 3), START);
    while (page.more()) {
      assertEquals(3, page.summaries().size());
      read.addAll(ids(page));
      PastSummary last = page.summaries().get(2);
      page = ring.after(ask(last.snapshotId(), last.ageMillis(), 3), START + 5 * MINUTE);
    }
    read.addAll(ids(page));
    assertEquals(List.of("a-1", "a-2", "a-3", "a-4", "a-5", "a-6", "a-7"), read);
  }

  @Test
  void whereTheAskersLastIsNotKeptItsAgeSaysFromWhen() {
    SummaryRing ring = filled(5);
    long now = START + 10 * MINUTE;
    assertEquals(List.of("a-4", "a-5"), ids(ring.after(ask("a-3", 1L, 10), now)));
    assertEquals(List.of("a-4", "a-5"), ids(ring.after(ask("x-9", 450_000L, 10), now)));
    assertEquals(List.of(), ids(ring.after(ask("x-9", 0L, 10), now)));
    assertEquals(5, ring.after(ask("x-9", Long.MAX_VALUE, 10), now).summaries().size());
  }

  @Test
  void aLimitThatMakesNoSenseStillBringsSomeAndNotAll() {
    SummaryRing ring = filled(300);
    assertEquals(1, ring.after(ask(null, null, 0), START + 300 * MINUTE).summaries().size());
    Backfill most = ring.after(ask(null, null, Integer.MAX_VALUE), START + 300 * MINUTE);
    assertEquals(240, most.summaries().size());
    assertTrue(most.more());
  }

  @Test
  void whatIsTooOldIsForgottenAndWhatIsTooMuchIsCounted() {
    SummaryRing hour =
        new SummaryRing(new BackfillOptions(Duration.ofHours(1), Duration.ofMinutes(1), 1 << 20));
    IntStream.range(0, 100).forEach(i -> hour.add(summary("a-" + i, 1), START + i * MINUTE));
    assertEquals(61, hour.size());
    assertEquals(0, hour.dropped());
    assertEquals(List.of("a-99"), ids(hour.after(ask(null, null, 9), START + 159 * MINUTE)));

    SummaryRing small =
        new SummaryRing(new BackfillOptions(Duration.ofHours(9), Duration.ofMinutes(1), 10_000));
    IntStream.range(0, 100).forEach(i -> small.add(summary("a-" + i, 20), START + i * MINUTE));
    assertTrue(small.heldBytes() <= 10_000, "holds " + small.heldBytes());
    assertEquals(100, small.size() + small.dropped());
    Backfill page = small.after(ask(null, null, 240), START + 100 * MINUTE);
    assertEquals(small.dropped(), page.dropped());
    assertEquals("a-" + small.dropped(), page.summaries().get(0).snapshotId());
  }

  /** Eight megabytes are said to hold a day of a hundred users. */
  @Test
  void aDayOfAHundredUsersFits() {
    SummaryRing ring = new SummaryRing(BackfillOptions.DEFAULT);
    IntStream.range(0, 1_440).forEach(i -> ring.add(summary("a-" + i, 100), START + i * MINUTE));
    assertEquals(0, ring.dropped());
    assertEquals(1_440, ring.size());
  }

  @Test
  void aPageOfLargeSummariesIsNotLongerThanAReplyMayBe() {
    SummaryRing ring = new SummaryRing(BackfillOptions.DEFAULT);
    IntStream.range(0, 10).forEach(i -> ring.add(summary("a-" + i, 2_000), START + i * MINUTE));
    Backfill page = ring.after(ask(null, null, 10), START + 10 * MINUTE);
    assertTrue(page.summaries().size() < 10, "all of " + page.summaries().size());
    assertTrue(page.more());
  }

  @Test
  void anHourOfNothingKeepsNothing() {
    assertFalse(new SummaryRing(BackfillOptions.NONE).isDue(START));
  }

  private static SummaryRing filled(int many) {
    SummaryRing ring = new SummaryRing(BackfillOptions.DEFAULT);
    IntStream.rangeClosed(1, many)
        .forEach(i -> ring.add(summary("a-" + i, 1), START + (i - 1) * MINUTE));
    return ring;
  }

  private static ProbeRequest ask(String after, Long ageMillis, int limit) {
    return ProbeRequest.backfill("1", after, ageMillis, limit);
  }

  private static List<String> ids(Backfill page) {
    return page.summaries().stream().map(PastSummary::snapshotId).toList();
  }

  private static PastSummary summary(String id, int users) {
    JobTally jobs = new JobTally();
    for (int i = 0; i < users; i++) {
      jobs.accept(
          Job.builder(
                  "1", "user" + i * 7_919 % 10_007, i % 3 == 0 ? JobState.QUEUED : JobState.RUNNING)
              .groupName("group" + i % 20)
              .queueName("batch")
              .slots(i * 31 % 97)
              .taskCount(1 + i % 5)
              .build());
    }
    return new PastSummary(
        id, 1, null, "torque", null, "s", Visibility.ALL, Summaries.of(jobs, null, null));
  }
}
