package org.qstatmesh.mesh.figures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.qstatmesh.bus.FiguresAnswer;
import org.qstatmesh.bus.NodeFigures;

class MeshRatesTest {
  private static final long START = 1_795_330_000_000L;

  private final MeshRates rates = new MeshRates();

  /** {@code messages} published and half as many delivered. */
  static NodeFigures figures(String node, long atMillis, long sinceMillis, long messages) {
    return new NodeFigures(
        node,
        "0.1.0",
        1,
        START + atMillis,
        START + sinceMillis,
        List.of(new NodeFigures.StageFigures("store", "UP", START, 0)),
        new NodeFigures.MemoryFigures(50_000_000, 400_000_000, 130_000_000L),
        List.of(
            new NodeFigures.AddressFigures(
                "mesh.snapshot.taken", messages, 0, 0, messages / 2, 1, 2, 3, 0.25, 1.5)),
        List.of(),
        new NodeFigures.StoreFigures(7_000_000L, true, 1, messages, 2),
        new NodeFigures.BrowserFigures(12, messages * 10, Map.of("SUPERSEDED", 5L)));
  }

  private MeshChange.NodeChange read(long nowMillis, long heardMillis, NodeFigures figures) {
    return rates
        .next(
            new FiguresAnswer(
                "a",
                START + nowMillis,
                List.of(new FiguresAnswer.Heard(START + heardMillis, figures))))
        .nodes()
        .get(0);
  }

  @Test
  void ratesNeedTwoReadings() {
    MeshChange.NodeChange first = read(2_000, 2_000, figures("a", 2_000, 0, 100));
    assertNull(first.addresses().get(0).outPerSecond());
    assertNull(first.store().storedPerSecond());
    MeshChange.NodeChange second = read(4_000, 4_000, figures("a", 4_000, 0, 120));
    assertEquals(
        new MeshChange.AddressChange("mesh.snapshot.taken", 5.0, 10.0, 3, 2, 1, 0.25, 1.5),
        second.addresses().get(0));
    assertEquals(10.0, second.store().storedPerSecond());
    assertEquals(100.0, second.browsers().deliveriesPerSecond());
    assertEquals(4, second.upSeconds());
  }

  @Test
  void whoIsReadTwiceBetweenTwoCountsKeepsItsRate() {
    read(2_000, 2_000, figures("a", 2_000, 0, 100));
    read(4_000, 4_000, figures("a", 4_000, 0, 120));
    MeshChange.NodeChange again = read(4_500, 4_000, figures("a", 4_000, 0, 120));
    assertEquals(10.0, again.addresses().get(0).outPerSecond());
  }

  @Test
  void aRestartIsNoRate() {
    read(2_000, 2_000, figures("a", 2_000, 0, 100));
    MeshChange.NodeChange anew = read(4_000, 4_000, figures("a", 4_000, 3_000, 150));
    assertNull(anew.addresses().get(0).outPerSecond(), "the node was started again");
    MeshChange.NodeChange smaller = read(6_000, 6_000, figures("a", 6_000, 3_000, 20));
    assertNull(smaller.store().storedPerSecond(), "a stage was started again");
  }

  @Test
  void whoFellSilentIsNamed() {
    read(2_000, 2_000, figures("a", 2_000, 0, 100));
    assertNull(read(11_000, 2_000, figures("a", 2_000, 0, 100)).silentSeconds());
    assertEquals(40, read(42_000, 2_000, figures("a", 2_000, 0, 100)).silentSeconds());
  }
}
