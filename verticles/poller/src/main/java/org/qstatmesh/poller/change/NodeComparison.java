package org.qstatmesh.poller.change;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.qstatmesh.bus.ClusterChanges.NodeEvent;
import org.qstatmesh.wire.Node;
import org.qstatmesh.wire.NodeState;
import org.qstatmesh.wire.summary.Keys;

/**
 * Which nodes went out of service, came back, are new or are gone.
 *
 * @param events at most as many as were wanted
 * @param omitted how many more there were
 */
public record NodeComparison(List<NodeEvent> events, long omitted) {

  /** Compares two lists; {@code limit} events are wanted at most. */
  public static NodeComparison between(
      List<Node> before, List<Node> now, Window window, int limit) {
    Map<String, Node> earlier = byName(before);
    Map<String, Node> later = byName(now);
    List<NodeEvent> events = new ArrayList<>();
    long told = 0;
    for (Node node : later.values()) {
      Node old = earlier.get(node.nodeName());
      NodeState from = old == null ? null : old.nodeState();
      if (isNews(from, node.nodeState())) {
        told++;
        add(events, limit, event(window, node.nodeName(), from, node.nodeState(), node.reason()));
      }
    }
    for (Node old : earlier.values()) {
      if (!later.containsKey(old.nodeName())) {
        told++;
        add(events, limit, event(window, old.nodeName(), old.nodeState(), null, null));
      }
    }
    return new NodeComparison(events, told - events.size());
  }

  private static boolean isNews(NodeState earlier, NodeState later) {
    return earlier != later && (earlier == null || !inService(earlier) || !inService(later));
  }

  private static boolean inService(NodeState state) {
    return switch (state) {
      case FREE, PARTIAL, FULL -> true;
      case DOWN, OFFLINE, DRAINING, UNKNOWN -> false;
    };
  }

  private static NodeEvent event(
      Window window, String name, NodeState from, NodeState to, String reason) {
    return new NodeEvent(
        window.seenAtEpochMillis(),
        Keys.cut(name),
        from,
        to,
        reason == null ? null : Keys.cut(reason));
  }

  /** A hostile list may hold a name twice. */
  private static Map<String, Node> byName(List<Node> nodes) {
    Map<String, Node> byName = new LinkedHashMap<>(nodes.size() * 4 / 3 + 1);
    nodes.forEach(node -> byName.put(node.nodeName(), node));
    return byName;
  }

  private static void add(List<NodeEvent> events, int limit, NodeEvent event) {
    if (events.size() < limit) {
      events.add(event);
    }
  }
}
