package org.qstatmesh.broadcast;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.qstatmesh.bus.ConfState;
import org.qstatmesh.bus.PollerAlive;
import org.qstatmesh.bus.StoreState;

/** Which of the other stages were heard of. Pure; one thread. */
final class MeshHealth {
  /** Three beats of a poller. */
  static final Duration SILENCE = Duration.ofSeconds(6);

  /** What is missing for rows to move and history to be answered. */
  enum Status {
    /** Nothing. */
    UP,
    /** Too early to say. */
    STARTING,
    /** No poller was heard for {@link #SILENCE}. */
    NO_POLLER,
    /** The store does not answer. */
    NO_STORE
  }

  /** A node that polls. */
  record Node(String node, long sinceEpochMillis, List<String> clusters) {}

  /** The mesh as the page is told. */
  record State(
      Status status,
      List<Node> nodes,
      HistoryHealth.State history,
      List<ConfState> configuration) {}

  private record Heard(PollerAlive beat, long atEpochMillis) {}

  private final long startedAtEpochMillis;
  private final Map<String, Heard> pollers = new TreeMap<>();
  private final HistoryHealth history;
  private final ConfHealth configuration = new ConfHealth();
  private boolean storeSilent;

  MeshHealth(long nowEpochMillis) {
    startedAtEpochMillis = nowEpochMillis;
    history = new HistoryHealth(nowEpochMillis);
  }

  void pollerAlive(PollerAlive beat, long nowEpochMillis) {
    pollers.put(beat.node(), new Heard(beat, nowEpochMillis));
  }

  void storeHeard() {
    storeSilent = false;
  }

  void storeSilent() {
    storeSilent = true;
  }

  void storeStands(StoreState state, long nowEpochMillis) {
    history.stands(state, nowEpochMillis);
  }

  void confStands(ConfState state, long nowEpochMillis) {
    configuration.stands(state, nowEpochMillis);
  }

  /** The state; pollers that fell silent are forgotten. */
  State at(long nowEpochMillis) {
    pollers.values().removeIf(heard -> nowEpochMillis - heard.atEpochMillis() > SILENCE.toMillis());
    List<Node> nodes =
        pollers.values().stream()
            .map(Heard::beat)
            .map(beat -> new Node(beat.node(), beat.sinceEpochMillis(), beat.clusters()))
            .toList();
    return new State(
        status(nowEpochMillis),
        nodes,
        history.at(nowEpochMillis),
        configuration.at(nowEpochMillis));
  }

  private Status status(long nowEpochMillis) {
    if (pollers.isEmpty()) {
      boolean early = nowEpochMillis - startedAtEpochMillis <= SILENCE.toMillis();
      return early ? Status.STARTING : Status.NO_POLLER;
    }
    return storeSilent ? Status.NO_STORE : Status.UP;
  }
}
