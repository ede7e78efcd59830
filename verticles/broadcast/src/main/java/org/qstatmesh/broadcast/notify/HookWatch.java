package org.qstatmesh.broadcast.notify;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.bus.SnapshotTaken;

/** The rules of one hook. Pure; one thread. */
final class HookWatch {
  private final List<RuleWatch<?>> rules;

  /** Nothing that is so at this moment is news. */
  HookWatch(HookConfig hook, long nowEpochMillis) {
    rules =
        IntStream.range(0, hook.rules().size())
            .<RuleWatch<?>>mapToObj(place -> RuleWatch.of(hook, place, nowEpochMillis))
            .toList();
  }

  void changed(SnapshotTaken news) {
    rules.forEach(rule -> rule.changed(news));
  }

  void look(Iterable<ClusterSummary> rows, long nowEpochMillis, Consumer<Notice> tell) {
    for (ClusterSummary row : rows) {
      for (RuleWatch<?> rule : rules) {
        Optional<Notice> notice = rule.look(row, nowEpochMillis);
        notice.ifPresent(tell);
      }
    }
  }

  void keep(Set<String> clusters) {
    rules.forEach(rule -> rule.keep(clusters));
  }
}
