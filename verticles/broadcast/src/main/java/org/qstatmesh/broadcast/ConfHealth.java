package org.qstatmesh.broadcast;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.qstatmesh.bus.ConfState;

/** Which nodes have a configuration that cannot be used. Pure; one thread. */
final class ConfHealth {
  /** Five repetitions of a node: it went, or what it said at the end was lost. */
  static final Duration SILENCE = Duration.ofSeconds(10);

  private static final int MOST_NODES = 20;

  private record Heard(ConfState state, long atEpochMillis) {}

  private final Map<String, Heard> broken = new TreeMap<>();

  void stands(ConfState state, long nowEpochMillis) {
    if (state.problems().isEmpty()) {
      broken.remove(state.node());
    } else {
      broken.put(state.node(), new Heard(state, nowEpochMillis));
    }
  }

  /** By node; empty while every configuration is in force. */
  List<ConfState> at(long nowEpochMillis) {
    broken.values().removeIf(heard -> nowEpochMillis - heard.atEpochMillis() > SILENCE.toMillis());
    return broken.values().stream().map(Heard::state).limit(MOST_NODES).toList();
  }
}
