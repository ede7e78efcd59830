package org.qstatmesh.broadcast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.qstatmesh.broadcast.Samples.NOW;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qstatmesh.bus.ClusterStatus;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.bus.Failure;
import org.qstatmesh.bus.FailureCode;

@Timeout(10)
class ClusterRowTest {
  private static final long STALE_AFTER_MILLIS = 100_000;

  private final ClusterRow row = new ClusterRow(Samples.cluster("hpc1", 0));

  /**
   * Ages in seconds before now; empty is never. {@code failedAge} is the newest failed poll, {@code
   * sinceAge} the first of its row.
   */
  @ParameterizedTest
  @CsvSource({
    // pictureAge, failedAge, sinceAge, failuresInARow, status
    "         ,          ,         ,               , UNKNOWN",
    "        0,          ,         ,               , UP",
    "      100,          ,         ,               , UP",
    "      101,          ,         ,               , STALE",
    "    86400,          ,         ,               , STALE",
    "       30,         0,        0,              1, UP",
    "       90,        60,       60,              1, UP",
    "      150,         0,        0,              1, STALE",
    "       90,        30,       60,              2, DOWN",
    "       90,        30,       60,              7, DOWN",
    "      200,       101,      101,              1, DOWN",
    "      200,       100,      100,              1, STALE",
    "         ,         0,        0,              1, UNKNOWN",
    "         ,         0,       30,              2, DOWN",
    "         ,       101,      101,              1, DOWN",
    // the poll after the failure was good
    "        0,        30,       60,              2, UP",
  })
  void statusOf(
      Integer pictureAge,
      Integer failedAge,
      Integer sinceAge,
      Integer failuresInARow,
      ClusterStatus status) {
    if (failedAge != null && pictureAge != null && pictureAge < failedAge) {
      fail(failedAge, sinceAge, failuresInARow);
      take(pictureAge);
    } else {
      if (pictureAge != null) {
        take(pictureAge);
      }
      if (failedAge != null) {
        fail(failedAge, sinceAge, failuresInARow);
      }
    }
    assertEquals(status, row.statusAt(NOW));
  }

  @Test
  void onlyWhatWasDownWasAway() {
    take(90);
    fail(60, 60, 1);
    take(50);
    assertNull(row.lastOutage(), "one poll failed");
    fail(40, 40, 1);
    fail(30, 40, 2);
    assertNull(row.lastOutage(), "not over");
    take(20);
    assertEquals(new ClusterRow.Outage(at(40), at(20)), row.lastOutage());
    take(10);
    assertEquals(new ClusterRow.Outage(at(40), at(20)), row.lastOutage());
  }

  private void take(int ageSeconds) {
    row.take(Samples.summary("hpc1", "id-" + ageSeconds, at(ageSeconds)), NOW);
  }

  private void fail(int ageSeconds, int sinceSeconds, int failuresInARow) {
    row.fail(
        Samples.failed(
            "hpc1", FailureCode.PROBE_TIMEOUT, at(sinceSeconds), failuresInARow, at(ageSeconds)),
        NOW);
  }

  private static long at(int ageSeconds) {
    return NOW - ageSeconds * 1_000L;
  }

  @Test
  void aFailedPollIsSaidAtOnceAndForgottenByTheNextGoodOne() {
    take(30);
    fail(0, 0, 1);
    ClusterSummary failing = shown(1);
    assertEquals(FailureCode.PROBE_TIMEOUT, failing.failure().code());
    assertEquals(ClusterStatus.UP, failing.status());
    assertEquals(213, failing.slots().used(), "the picture stays");
    take(0);
    assertNull(shown(2).failure());
  }

  @Test
  void aFailedCollectorIsNamedInARowThatIsUp() {
    ClusterSummary partly =
        Samples.summary("hpc1", "a", NOW)
            .as(ClusterStatus.UP, Samples.failure(FailureCode.DRMS_COMMAND_FAILED, at(3_600)), 0);
    row.take(partly, NOW);
    ClusterSummary shown = shown(1);
    assertEquals(ClusterStatus.UP, shown.status());
    assertEquals(FailureCode.DRMS_COMMAND_FAILED, shown.failure().code());
  }

  @Test
  void repetitionsForTheStoreDoNotTurnTheRowBack() {
    take(10);
    assertEquals("id-10", shown(1).snapshotId());
    take(40);
    assertTrue(row.changedAt(NOW, 2).isEmpty());
    fail(20, 20, 5);
    assertTrue(row.changedAt(NOW, 2).isEmpty(), "a failure from before the picture");
  }

  @Test
  void theSameSnapshotSeenAgainRefreshesTheAge() {
    row.take(Samples.summary("hpc1", "same", at(90)), NOW);
    assertEquals(at(90), shown(1).observedAtEpochMillis());
    row.take(Samples.summary("hpc1", "same", at(0)), NOW);
    ClusterSummary again = shown(2);
    assertEquals(NOW, again.observedAtEpochMillis());
    assertEquals("same", again.snapshotId());
  }

  @Test
  void aNodeWithAFastClockDoesNotShutOutTheNext() {
    row.take(Samples.summary("hpc1", "from the future", NOW + 3_600_000), NOW);
    row.take(Samples.summary("hpc1", "true", NOW + 1_000), NOW + 1_000);
    assertEquals("true", row.changedAt(NOW + 1_000, 1).orElseThrow().snapshotId());
  }

  @Test
  void aClockThatIsSetBackDoesNotFreezeTheRow() {
    long before = NOW + 3_600_000;
    row.take(Samples.summary("hpc1", "before", before), before);
    row.take(Samples.summary("hpc1", "after", at(0)), NOW + 5);
    assertEquals("after", row.changedAt(NOW + 5, 1).orElseThrow().snapshotId());

    row.fail(Samples.failed("hpc1", FailureCode.PROBE_TIMEOUT, before, 2, before), before);
    row.take(Samples.summary("hpc1", "healed", NOW + 10), NOW + 10);
    assertNull(row.changedAt(NOW + 10, 2).orElseThrow().failure());
    assertEquals(ClusterStatus.UP, row.statusAt(NOW + 10));
  }

  @Test
  void aPollerThatIsStartedAgainDoesNotMakeADeadClusterLookAlive() {
    take(30);
    fail(20, 25, 2);
    assertEquals(ClusterStatus.DOWN, row.statusAt(NOW));
    fail(0, 0, 1);
    assertEquals(ClusterStatus.DOWN, row.statusAt(NOW));
    assertEquals(at(25), shown(1).failure().sinceEpochMillis());
  }

  @Test
  void theClockAloneChangesTheRowOnce() {
    take(0);
    assertEquals(ClusterStatus.UP, shown(1).status());
    assertTrue(row.changedAt(NOW + STALE_AFTER_MILLIS, 2).isEmpty());
    ClusterSummary stale = row.changedAt(NOW + STALE_AFTER_MILLIS + 1, 2).orElseThrow();
    assertEquals(ClusterStatus.STALE, stale.status());
    assertEquals(2, stale.revision());
    assertTrue(row.changedAt(NOW + STALE_AFTER_MILLIS + 1_000, 3).isEmpty());
  }

  @Test
  void aRowNeverSeenHasItsTitleAndItsOwnPatience() {
    ClusterSummary shown = shown(1);
    assertEquals(ClusterStatus.UNKNOWN, shown.status());
    assertEquals("Title of hpc1", shown.title());
    assertEquals(3 * 30_000 + 10_000, shown.staleAfterMillis());
    assertNull(shown.slots());
  }

  @Test
  void theTitleIsTheConfiguredOne() {
    take(0);
    row.configure(Samples.cluster("hpc1", 4, "New name"));
    assertEquals("New name", shown(1).title());
  }

  @Test
  void thatNobodyPollsItIsSaidWhenNoOtherPollerHasTakenIt() {
    take(0);
    row.polled(true, NOW);
    row.polled(false, NOW + 1_000);
    row.polled(false, NOW + 12_999);
    assertNull(row.changedAt(NOW + 12_999, 1).orElseThrow().failure());
    Failure failure = row.changedAt(NOW + 13_000, 2).orElseThrow().failure();
    assertEquals(FailureCode.NO_POLLER, failure.code());
    assertEquals(NOW + 1_000, failure.sinceEpochMillis());
    assertEquals(ClusterStatus.UP, row.statusAt(NOW + STALE_AFTER_MILLIS));
    assertEquals(ClusterStatus.DOWN, row.statusAt(NOW + STALE_AFTER_MILLIS + 1_001));

    row.polled(true, NOW + 200_000);
    row.take(Samples.summary("hpc1", "again", NOW + 200_000), NOW + 200_000);
    ClusterSummary back = row.changedAt(NOW + 200_000, 3).orElseThrow();
    assertEquals(ClusterStatus.UP, back.status());
    assertNull(back.failure());
  }

  @Test
  void thatNobodyPollsItCountsMoreThanWhatFailedBefore() {
    fail(0, 0, 2);
    assertEquals(FailureCode.PROBE_TIMEOUT, shown(1).failure().code());
    row.polled(false, NOW);
    assertEquals(
        FailureCode.NO_POLLER, row.changedAt(NOW + 12_000, 2).orElseThrow().failure().code());
    row.polled(true, NOW + 13_000);
    assertEquals(
        FailureCode.PROBE_TIMEOUT, row.changedAt(NOW + 13_000, 3).orElseThrow().failure().code());
  }

  private ClusterSummary shown(long revision) {
    return row.changedAt(NOW, revision).orElseThrow();
  }
}
