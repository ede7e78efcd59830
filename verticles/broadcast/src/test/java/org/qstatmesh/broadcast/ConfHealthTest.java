package org.qstatmesh.broadcast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.qstatmesh.broadcast.Samples.NOW;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.qstatmesh.bus.ConfState;

@Timeout(10)
class ConfHealthTest {
  private final ConfHealth health = new ConfHealth();

  private static ConfState broken(String node) {
    return new ConfState(
        node, 5, List.of(new ConfState.Problem("a.json", "/web", "must be an object")), 0);
  }

  @Test
  void whatIsBrokenIsSaidUntilItIsMended() {
    assertEquals(List.of(), health.at(NOW));
    health.stands(broken("n2"), NOW);
    health.stands(broken("n1"), NOW);
    assertEquals(List.of(broken("n1"), broken("n2")), health.at(NOW));
    health.stands(new ConfState("n1", 9, List.of(), 0), NOW);
    assertEquals(List.of(broken("n2")), health.at(NOW));
  }

  @Test
  void aNodeThatFellSilentIsForgotten() {
    health.stands(broken("n1"), NOW);
    assertEquals(List.of(broken("n1")), health.at(NOW + 10_000));
    assertEquals(List.of(), health.at(NOW + 10_001));
  }

  @Test
  void isBounded() {
    for (int i = 0; i < 1_000; i++) {
      health.stands(broken("n" + i), NOW);
    }
    assertEquals(20, health.at(NOW).size());
  }
}
