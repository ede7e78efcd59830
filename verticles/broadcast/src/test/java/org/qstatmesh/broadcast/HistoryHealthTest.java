package org.qstatmesh.broadcast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.qstatmesh.broadcast.Samples.NOW;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.qstatmesh.bus.StoreState;

@Timeout(10)
class HistoryHealthTest {
  private static final String DISK_FULL = "the disk is full";

  private final HistoryHealth health = new HistoryHealth(NOW);

  private static StoreState writing(String node, String... alarms) {
    return new StoreState(node, true, null, NOW - 9_000, 0, List.of(alarms));
  }

  private static StoreState paused(String node, long since, String... alarms) {
    return new StoreState(node, false, DISK_FULL, since, 7, List.of(alarms));
  }

  private static HistoryHealth.State state(
      boolean writing, String reason, long since, String... alarms) {
    return new HistoryHealth.State(writing, reason, since, List.of(alarms));
  }

  @Test
  void aStoreThatIsNotHeardDoesNotWriteAndNobodyKnowsSoBefore() {
    assertEquals(state(true, null, NOW), health.at(NOW + 12_000));
    assertEquals(state(false, "the store does not answer", NOW), health.at(NOW + 12_001));
    health.stands(writing("n1", "look at the file"), NOW + 20_000);
    assertEquals(state(true, null, NOW - 9_000, "look at the file"), health.at(NOW + 32_000));
    assertEquals(state(false, "the store does not answer", NOW + 20_000), health.at(NOW + 32_001));
  }

  @Test
  void tellsWhatTheStoreSays() {
    health.stands(paused("n1", NOW - 50, "a", "b"), NOW);
    assertEquals(state(false, DISK_FULL, NOW - 50, "a", "b"), health.at(NOW + 5_000));
    health.stands(writing("n1"), NOW + 5_000);
    assertEquals(state(true, null, NOW - 9_000), health.at(NOW + 5_000));
  }

  @Test
  void ofTwoStoresTheOneInTroubleCountsUntilItIsGone() {
    health.stands(writing("n1", "a", "b"), NOW);
    health.stands(paused("n2", NOW - 100, "b", "c"), NOW);
    health.stands(paused("n3", NOW - 50), NOW);
    assertEquals(state(false, DISK_FULL, NOW - 100, "a", "b", "c"), health.at(NOW));
    health.stands(writing("n1"), NOW + 10_000);
    assertEquals(state(true, null, NOW - 9_000), health.at(NOW + 12_001));
  }

  @Test
  void alarmsAreBounded() {
    String[] many = IntStream.range(0, 1_000).mapToObj(i -> "alarm " + i).toArray(String[]::new);
    health.stands(writing("n1", many), NOW);
    assertEquals(10, health.at(NOW).alarms().size());
  }
}
