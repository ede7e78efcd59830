package org.qstatmesh.broadcast.notify;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.qstatmesh.bus.ClusterStatus;
import org.qstatmesh.bus.ClusterSummary;

/** Tells that a cluster answers which had been seen down for so long. */
final class UpWatch extends RuleWatch<UpWatch.State> {
  static final class State {
    /** Null while it is not down. */
    private Long downSinceEpochMillis;

    private long downFor;
  }

  UpWatch(HookConfig hook, int place) {
    super(hook, place);
  }

  @Override
  State fresh() {
    return new State();
  }

  @Override
  Optional<Notice> look(ClusterSummary row, State state, long now) {
    if (row.status() == ClusterStatus.DOWN && row.failure() != null) {
      state.downSinceEpochMillis = row.failure().sinceEpochMillis();
      state.downFor = now - state.downSinceEpochMillis;
      return Optional.empty();
    }
    if (row.status() != ClusterStatus.UP || state.downSinceEpochMillis == null) {
      return Optional.empty();
    }
    if (state.downFor < rule().after().toMillis()) {
      state.downSinceEpochMillis = null;
      return Optional.empty();
    }
    if (!mayTell(row.cluster(), now)) {
      return Optional.empty();
    }
    long since = state.downSinceEpochMillis;
    state.downSinceEpochMillis = null;
    return Optional.of(notice(row, since, state.downFor, now));
  }

  private Notice notice(ClusterSummary row, long since, long downFor, long now) {
    return new Notice(
        id(row.cluster(), Long.toString(since)),
        rule().event(),
        row.cluster(),
        row.title(),
        now,
        Sentence.of(Sentence.clean(row.title()))
            .say(" answers again, after " + Spoken.duration(Duration.ofMillis(downFor))),
        Map.of("downSinceEpochMillis", since));
  }
}
