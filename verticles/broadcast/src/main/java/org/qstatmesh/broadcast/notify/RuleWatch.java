package org.qstatmesh.broadcast.notify;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.bus.SnapshotTaken;

/**
 * One rule of one hook, looking at all clusters. Pure; one thread. What it knows is one state per
 * cluster that is configured.
 *
 * @param <S> what it knows of one cluster
 */
abstract class RuleWatch<S> {
  private static final long NEVER = Long.MIN_VALUE;

  private final HookConfig hook;
  private final int place;
  private final HookRule rule;
  private final Map<String, S> states = new HashMap<>();
  private final Map<String, Long> toldAtEpochMillis = new HashMap<>();

  /**
   * @param place of the rule in the hook's list
   */
  RuleWatch(HookConfig hook, int place) {
    this.hook = hook;
    this.place = place;
    this.rule = hook.rules().get(place);
  }

  HookRule rule() {
    return rule;
  }

  /** What is known of a cluster of which nothing is known yet. */
  abstract S fresh();

  /** The row as it is now, be it news or not; what is to be told, if anything. */
  abstract Optional<Notice> look(ClusterSummary row, S state, long nowEpochMillis);

  /** What changed from one sample to the next; told with the next look. */
  void changed(SnapshotTaken news, S state) {}

  final Optional<Notice> look(ClusterSummary row, long nowEpochMillis) {
    if (!rule.covers(row.cluster())) {
      return Optional.empty();
    }
    Optional<Notice> notice = look(row, state(row.cluster()), nowEpochMillis);
    notice.ifPresent(told -> toldAtEpochMillis.put(row.cluster(), nowEpochMillis));
    return notice;
  }

  final void changed(SnapshotTaken news) {
    String cluster = news.summary().cluster();
    if (rule.covers(cluster)) {
      changed(news, state(cluster));
    }
  }

  /** Forgets all other clusters. */
  final void keep(Set<String> clusters) {
    states.keySet().retainAll(clusters);
    toldAtEpochMillis.keySet().retainAll(clusters);
  }

  /**
   * Whether the hook's shortest time between two messages has passed, or the clock was set back.
   */
  final boolean mayTell(String cluster, long nowEpochMillis) {
    long told = toldAtEpochMillis.getOrDefault(cluster, NEVER);
    return told == NEVER
        || told > nowEpochMillis
        || nowEpochMillis - told >= hook.minimumInterval().toMillis();
  }

  /**
   * An id that two nodes with the same configuration give alike.
   *
   * @param what happened, of this cluster and rule
   */
  final String id(String cluster, String what) {
    return Notice.id(hook.name(), Integer.toString(place), rule.event().word(), cluster, what);
  }

  private S state(String cluster) {
    return states.computeIfAbsent(cluster, id -> fresh());
  }

  /** The watch that a rule needs. */
  static RuleWatch<?> of(HookConfig hook, int place, long startedAtEpochMillis) {
    return switch (hook.rules().get(place).event()) {
      case CLUSTER_DOWN -> new DownWatch(hook, place, startedAtEpochMillis);
      case CLUSTER_UP -> new UpWatch(hook, place);
      case CORES_FREE -> new CoresWatch(hook, place);
      case NODE_DOWN -> new NodesWatch(hook, place);
      case JOB_STARTED, JOB_FINISHED -> new JobsWatch(hook, place);
      case TEST -> throw new IllegalArgumentException("nothing happens in a test");
    };
  }
}
