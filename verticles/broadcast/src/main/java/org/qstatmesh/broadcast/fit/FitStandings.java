package org.qstatmesh.broadcast.fit;

import java.util.List;
import org.qstatmesh.bus.ClusterStatus;

/**
 * How the clusters stand when a question is put.
 *
 * @param atEpochMillis when
 * @param clusters in the page's order
 */
public record FitStandings(long atEpochMillis, List<Standing> clusters) {
  /** Copies the list. */
  public FitStandings {
    clusters = List.copyOf(clusters);
  }

  /**
   * One cluster.
   *
   * @param cluster id
   * @param status how its row stands
   * @param staleAfterMillis age from which its news is stale
   */
  public record Standing(String cluster, ClusterStatus status, long staleAfterMillis) {}
}
