package org.qstatmesh.broadcast.notify;

import java.util.Map;
import java.util.Optional;
import org.qstatmesh.bus.ClusterStatus;
import org.qstatmesh.bus.ClusterSummary;

/**
 * Tells once that so many cores are free; again only after fewer were. Only a row that is up says
 * how many are; the first one that does is what it begins with.
 */
final class CoresWatch extends RuleWatch<CoresWatch.State> {
  static final class State {
    private boolean armed;
  }

  /** Figures of a message. */
  record Cores(int limit, int free, int total, int largestFreeOnOneNode) {}

  CoresWatch(HookConfig hook, int place) {
    super(hook, place);
  }

  @Override
  State fresh() {
    return new State();
  }

  @Override
  Optional<Notice> look(ClusterSummary row, State state, long now) {
    ClusterSummary.Slots slots = row.slots();
    if (row.status() != ClusterStatus.UP || slots == null) {
      return Optional.empty();
    }
    if (slots.free() < rule().cores()) {
      state.armed = true;
      return Optional.empty();
    }
    if (!state.armed || !mayTell(row.cluster(), now)) {
      return Optional.empty();
    }
    state.armed = false;
    return Optional.of(notice(row, slots, now));
  }

  private Notice notice(ClusterSummary row, ClusterSummary.Slots slots, long now) {
    return new Notice(
        id(row.cluster(), String.valueOf(row.snapshotId())),
        rule().event(),
        row.cluster(),
        row.title(),
        now,
        Sentence.of(Sentence.clean(row.title()))
            .say(
                " has %d of %d cores free, up to %d on one node"
                    .formatted(slots.free(), slots.total(), slots.largestFreeOnOneNode())),
        Map.of(
            "cores",
            new Cores(rule().cores(), slots.free(), slots.total(), slots.largestFreeOnOneNode())));
  }
}
