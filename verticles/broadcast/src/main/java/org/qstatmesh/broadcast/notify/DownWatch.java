package org.qstatmesh.broadcast.notify;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.qstatmesh.bus.ClusterStatus;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.bus.Failure;

/**
 * Tells once that a cluster has been down for so long; again only after it was up. A cluster that
 * had been without news for so long when the watch began was down already.
 */
final class DownWatch extends RuleWatch<DownWatch.State> {
  private final long startedAtEpochMillis;

  static final class State {
    private boolean seenUp;
    private boolean told;
  }

  DownWatch(HookConfig hook, int place, long startedAtEpochMillis) {
    super(hook, place);
    this.startedAtEpochMillis = startedAtEpochMillis;
  }

  @Override
  State fresh() {
    return new State();
  }

  @Override
  Optional<Notice> look(ClusterSummary row, State state, long now) {
    if (row.status() == ClusterStatus.UP) {
      state.seenUp = true;
      state.told = false;
      return Optional.empty();
    }
    Failure failure = row.failure();
    if (state.told || row.status() != ClusterStatus.DOWN || failure == null) {
      return Optional.empty();
    }
    Duration down = Duration.ofMillis(now - failure.sinceEpochMillis());
    if (down.compareTo(rule().after()) < 0 || !mayTell(row.cluster(), now)) {
      return Optional.empty();
    }
    state.told = true;
    return state.seenUp || wasUpShortlyBefore(row)
        ? Optional.of(notice(row, failure, down, now))
        : Optional.empty();
  }

  private boolean wasUpShortlyBefore(ClusterSummary row) {
    Long heard = row.receivedAtEpochMillis();
    return heard != null && startedAtEpochMillis - heard < rule().after().toMillis();
  }

  private Notice notice(ClusterSummary row, Failure failure, Duration down, long now) {
    Sentence text =
        Sentence.of(Sentence.clean(row.title()))
            .say(" has not answered for " + Spoken.duration(down) + ": " + failure.code() + ", ")
            .quote(failure.detail())
            .say("; try: ")
            .quote(failure.hint());
    return new Notice(
        id(row.cluster(), Long.toString(failure.sinceEpochMillis())),
        rule().event(),
        row.cluster(),
        row.title(),
        now,
        text,
        Map.of(
            "failure",
            new Failure(
                failure.code(),
                Sentence.clean(failure.detail()),
                failure.sinceEpochMillis(),
                Sentence.clean(failure.hint()))));
  }
}
