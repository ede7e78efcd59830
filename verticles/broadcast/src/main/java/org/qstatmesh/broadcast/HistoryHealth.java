package org.qstatmesh.broadcast;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.qstatmesh.bus.StoreState;

/** Whether the past is kept, as the stores say of themselves. Pure; one thread. */
final class HistoryHealth {
  /** Two repetitions of a store, and some. */
  static final Duration SILENCE = Duration.ofSeconds(12);

  private static final String SILENT = "the store does not answer";
  private static final int MOST_ALARMS = 10;

  /**
   * The history as the page is told.
   *
   * @param writing whether what happens now is kept; also true while it is too early to say
   * @param reason why not, for a person; null while it is
   * @param sinceEpochMillis since when
   * @param alarms what an administrator has to look at, one sentence each
   */
  record State(boolean writing, String reason, long sinceEpochMillis, List<String> alarms) {}

  private record Heard(StoreState state, long atEpochMillis) {}

  private final Map<String, Heard> stores = new TreeMap<>();
  private long lastHeardAtEpochMillis;

  HistoryHealth(long nowEpochMillis) {
    lastHeardAtEpochMillis = nowEpochMillis;
  }

  void stands(StoreState state, long nowEpochMillis) {
    stores.put(state.node(), new Heard(state, nowEpochMillis));
    lastHeardAtEpochMillis = nowEpochMillis;
  }

  /** The state; stores that fell silent are forgotten. Of several the one in trouble counts. */
  State at(long nowEpochMillis) {
    stores.values().removeIf(heard -> isSilent(heard.atEpochMillis(), nowEpochMillis));
    List<StoreState> states = stores.values().stream().map(Heard::state).toList();
    List<String> alarms =
        states.stream()
            .flatMap(state -> state.alarms().stream())
            .distinct()
            .limit(MOST_ALARMS)
            .toList();
    return states.stream()
        .min(Comparator.comparing(StoreState::writing).thenComparing(StoreState::sinceEpochMillis))
        .map(worst -> new State(worst.writing(), worst.reason(), worst.sinceEpochMillis(), alarms))
        .orElseGet(() -> unheard(nowEpochMillis));
  }

  private State unheard(long nowEpochMillis) {
    boolean silent = isSilent(lastHeardAtEpochMillis, nowEpochMillis);
    return new State(!silent, silent ? SILENT : null, lastHeardAtEpochMillis, List.of());
  }

  private static boolean isSilent(long heardAtEpochMillis, long nowEpochMillis) {
    return nowEpochMillis - heardAtEpochMillis > SILENCE.toMillis();
  }
}
