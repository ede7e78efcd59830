package org.qstatmesh.broadcast.notify;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.qstatmesh.bus.ClusterChanges.NodeEvent;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.bus.SnapshotTaken;
import org.qstatmesh.wire.NodeState;

/** Tells of nodes that went down, all of a minimum interval in one message. */
final class NodesWatch extends RuleWatch<NodesWatch.State> {
  private static final int NAMES = 20;
  private static final int NAMES_IN_TEXT = 5;

  static final class State {
    private int count;
    private final List<String> names = new ArrayList<>();
    private String reason;
    private String firstIn;
    private long lastAtEpochMillis;
  }

  /**
   * Figures of a message.
   *
   * @param count how many went down
   * @param names of the first of them
   * @param reason of the first that has one
   */
  record Nodes(int count, List<String> names, String reason) {}

  NodesWatch(HookConfig hook, int place) {
    super(hook, place);
  }

  @Override
  State fresh() {
    return new State();
  }

  @Override
  void changed(SnapshotTaken news, State state) {
    for (NodeEvent event : news.changes().nodes()) {
      if (event.to() == NodeState.DOWN && event.from() != null) {
        if (state.count == 0) {
          state.firstIn = news.summary().snapshotId();
        }
        state.count++;
        state.lastAtEpochMillis = event.atEpochMillis();
        if (state.names.size() < NAMES) {
          state.names.add(Sentence.clean(event.nodeName()));
        }
        if (state.reason == null) {
          state.reason = Sentence.clean(event.reason());
        }
      }
    }
  }

  @Override
  Optional<Notice> look(ClusterSummary row, State state, long now) {
    if (state.count == 0 || !mayTell(row.cluster(), now)) {
      return Optional.empty();
    }
    Notice notice =
        new Notice(
            id(row.cluster(), state.firstIn + "\n" + state.names.get(0)),
            rule().event(),
            row.cluster(),
            row.title(),
            state.lastAtEpochMillis,
            text(row, state),
            Map.of("nodes", new Nodes(state.count, List.copyOf(state.names), state.reason)));
    state.count = 0;
    state.names.clear();
    state.reason = null;
    return Optional.of(notice);
  }

  private static Sentence text(ClusterSummary row, State state) {
    int named = Math.min(NAMES_IN_TEXT, state.names.size());
    Sentence text =
        Sentence.of(Sentence.clean(row.title()))
            .say(": " + Spoken.count(state.count, "node") + " down: ")
            .quote(String.join(", ", state.names.subList(0, named)));
    if (state.count > named) {
      text = text.say(" and " + (state.count - named) + " more");
    }
    return state.reason == null ? text : text.say("; ").quote(state.reason);
  }
}
