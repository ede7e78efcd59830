package org.qstatmesh.poller.change;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.qstatmesh.wire.NodeState.DOWN;
import static org.qstatmesh.wire.NodeState.DRAINING;
import static org.qstatmesh.wire.NodeState.FREE;
import static org.qstatmesh.wire.NodeState.FULL;
import static org.qstatmesh.wire.NodeState.OFFLINE;
import static org.qstatmesh.wire.NodeState.PARTIAL;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.qstatmesh.bus.ClusterChanges.NodeEvent;
import org.qstatmesh.wire.Node;
import org.qstatmesh.wire.NodeState;

class NodeComparisonTest {
  private static final Window WINDOW = new Window(7_000, 0, 7);

  @Test
  void whatTakesNoWorkIsNews() {
    List<Node> before = List.of(node("a", FULL), node("b", DRAINING), node("c", DOWN));
    List<Node> now = List.of(node("c", OFFLINE), node("b", FREE), node("a", DOWN));
    assertEquals(
        List.of(
            new NodeEvent(7_000, "c", DOWN, OFFLINE, "why c"),
            new NodeEvent(7_000, "b", DRAINING, FREE, "why b"),
            new NodeEvent(7_000, "a", FULL, DOWN, "why a")),
        NodeComparison.between(before, now, WINDOW, 10).events());
  }

  @Test
  void howFullItIsIsNoNews() {
    List<Node> before = List.of(node("a", FULL), node("b", FREE), node("c", DOWN));
    List<Node> now = List.of(node("a", PARTIAL), node("b", FULL), node("c", DOWN));
    assertEquals(List.of(), NodeComparison.between(before, now, WINDOW, 10).events());
  }

  @Test
  void aNodeComesAndGoes() {
    assertEquals(
        List.of(
            new NodeEvent(7_000, "b", null, FREE, "why b"),
            new NodeEvent(7_000, "a", FULL, null, null)),
        NodeComparison.between(List.of(node("a", FULL)), List.of(node("b", FREE)), WINDOW, 10)
            .events());
  }

  @Test
  void aNameThatIsThereTwiceIsOneNode() {
    List<Node> twice = List.of(node("a", DOWN), node("a", FREE));
    assertEquals(List.of(), NodeComparison.between(twice, twice, WINDOW, 10).events());
  }

  @Test
  void aPowerFailureIsBounded() {
    List<Node> before = new ArrayList<>();
    List<Node> now = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      before.add(node("n" + i, FULL));
      now.add(node("n" + i, DOWN));
    }
    NodeComparison changed = NodeComparison.between(before, now, WINDOW, 500);
    assertEquals(500, changed.events().size());
    assertEquals(4_500, changed.omitted());
  }

  private static Node node(String name, NodeState state) {
    return new Node(
        name, state, null, 16, 0, 0, null, null, null, null, null, List.of(), "why " + name);
  }
}
