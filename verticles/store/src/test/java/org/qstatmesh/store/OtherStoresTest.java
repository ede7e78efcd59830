package org.qstatmesh.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.qstatmesh.bus.StoreState;
import org.qstatmesh.store.keep.Alarms;

class OtherStoresTest {
  private final Alarms alarms = new Alarms();
  private long nanos = TimeUnit.DAYS.toNanos(1);
  private final OtherStores others = new OtherStores("a", alarms, () -> nanos);

  private void says(String node) {
    others.heard(new StoreState(node, true, null, 0, 0, List.of()));
  }

  @Test
  void itsOwnWordsAreNoMatter() {
    says("a");
    assertEquals(List.of(), alarms.sentences());
  }

  @Test
  void aSecondHistoryIsAnAlarmUntilItIsSilent() {
    says("b");
    assertEquals(1, alarms.sentences().size());
    assertTrue(alarms.sentences().get(0).startsWith("Node b keeps a history"));
    nanos += TimeUnit.SECONDS.toNanos(14);
    says("a");
    assertEquals(1, alarms.sentences().size());
    nanos += TimeUnit.SECONDS.toNanos(2);
    says("a");
    assertEquals(List.of(), alarms.sentences());
  }
}
