package org.qstatmesh.broadcast.notify;

import java.time.Duration;
import java.util.Set;

/**
 * When a hook is told.
 *
 * @param event what must happen
 * @param clusters where; empty is everywhere
 * @param after of CLUSTER_DOWN and CLUSTER_UP: how long the cluster must not have answered
 * @param cores of CORES_FREE: how many
 * @param jobOwner of JOB_STARTED and JOB_FINISHED: whose, a login
 */
public record HookRule(
    HookEvent event, Set<String> clusters, Duration after, int cores, String jobOwner) {
  /** Unless conf/ says otherwise: a login node that is started again is no news. */
  public static final Duration USUAL_AFTER = Duration.ofMinutes(10);

  /** Copies the set. */
  public HookRule {
    clusters = Set.copyOf(clusters);
  }

  /** Whether it is about that cluster. */
  boolean covers(String cluster) {
    return clusters.isEmpty() || clusters.contains(cluster);
  }
}
