package org.qstatmesh.store.write;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.qstatmesh.bus.SnapshotTaken;
import org.qstatmesh.store.Summaries;

@Timeout(10)
class PendingSummariesTest {
  private final PendingSummaries pending = new PendingSummaries(3, 1_000);

  @Test
  void overTheBoundTheOldestGoes() {
    for (int i = 0; i < 3; i++) {
      assertEquals(0, pending.add(summary(i)));
    }
    assertEquals(1, pending.add(summary(3)));

    assertEquals(List.of(summary(1), summary(2), summary(3)), pending.oldest(9));
  }

  @Test
  void overTheWeightTheOldestGo() {
    PendingSummaries heavy = new PendingSummaries(100, 1_000);
    Summaries summaries = new Summaries(1, 60, 10);
    int dropped = 0;
    for (int i = 0; i < 60; i++) {
      dropped += heavy.add(new SnapshotTaken(summaries.next("hpc1", "a-" + i, i)));
      assertTrue(heavy.weight() <= 1_000, "weighs " + heavy.weight());
    }
    assertTrue(dropped > 30, "dropped " + dropped);
    assertEquals(60, dropped + heavy.size());
    assertEquals("a-59", heavy.oldest(100).get(heavy.size() - 1).summary().snapshotId());

    heavy.remove(heavy.oldest(100));
    assertEquals(0, heavy.weight());
  }

  /** The newest stays, however heavy it is. */
  @Test
  void oneThatIsTooHeavyAloneWaits() {
    PendingSummaries small = new PendingSummaries(100, 10);
    SnapshotTaken heavy = new SnapshotTaken(new Summaries(1, 60, 10).next("hpc1", "a-1", 1));

    assertEquals(0, small.add(heavy));
    assertEquals(1, small.add(summary(2)));
    assertEquals(List.of(summary(2)), small.oldest(9));
  }

  @Test
  void whatIsPublishedAgainWaitsOnce() {
    assertEquals(0, pending.add(summary(0)));
    assertEquals(0, pending.add(summary(1)));
    assertEquals(0, pending.add(summary(0)));

    assertEquals(List.of(summary(0)), pending.oldest(1));
    assertEquals(2, pending.size());
  }

  @Test
  void whatIsDoneLeaves() {
    assertEquals(0, pending.add(summary(0)));
    assertEquals(0, pending.add(summary(1)));

    pending.remove(List.of(summary(0), summary(7)));

    assertEquals(List.of(summary(1)), pending.oldest(9));
  }

  @Test
  void whatWasSeenLiveStandsForTheSameFilledIn() {
    SnapshotTaken filledIn = new SnapshotTaken(summary(0).summary(), true);
    assertEquals(0, pending.add(filledIn));
    assertEquals(0, pending.add(summary(0)));
    assertEquals(0, pending.add(filledIn));

    assertEquals(List.of(summary(0)), pending.oldest(9));
  }

  private static SnapshotTaken summary(int number) {
    return new SnapshotTaken(Summaries.empty("hpc1", "a-" + number, number));
  }
}
