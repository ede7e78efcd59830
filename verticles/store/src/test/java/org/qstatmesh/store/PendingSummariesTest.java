package org.qstatmesh.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.qstatmesh.bus.SnapshotTaken;

@Timeout(10)
class PendingSummariesTest {
  private final PendingSummaries pending = new PendingSummaries(3);

  @Test
  void overTheBoundTheOldestGoes() {
    for (int i = 0; i < 3; i++) {
      assertFalse(pending.add(summary(i)));
    }
    assertTrue(pending.add(summary(3)));

    assertEquals(List.of(summary(1), summary(2), summary(3)), pending.oldest(9));
  }

  @Test
  void whatIsPublishedAgainWaitsOnce() {
    assertFalse(pending.add(summary(0)));
    assertFalse(pending.add(summary(1)));
    assertFalse(pending.add(summary(0)));

    assertEquals(List.of(summary(0)), pending.oldest(1));
    assertEquals(2, pending.size());
  }

  @Test
  void whatIsDoneLeaves() {
    assertFalse(pending.add(summary(0)));
    assertFalse(pending.add(summary(1)));

    pending.remove(List.of(summary(0), summary(7)));

    assertEquals(List.of(summary(1)), pending.oldest(9));
  }

  @Test
  void whatWasSeenLiveStandsForTheSameFilledIn() {
    SnapshotTaken filledIn = new SnapshotTaken(summary(0).summary(), true);
    assertFalse(pending.add(filledIn));
    assertFalse(pending.add(summary(0)));
    assertFalse(pending.add(filledIn));

    assertEquals(List.of(summary(0)), pending.oldest(9));
  }

  private static SnapshotTaken summary(int number) {
    return new SnapshotTaken(Summaries.empty("hpc1", "a-" + number, number));
  }
}
