package org.qstatmesh.bus;

import java.util.List;

/**
 * A poller lives.
 *
 * @param node its mesh node
 * @param sinceEpochMillis when this poller started
 * @param clusters ids of the clusters it polls
 */
public record PollerAlive(String node, long sinceEpochMillis, List<String> clusters)
    implements MeshMessage {
  /** Copies the list. */
  public PollerAlive {
    clusters = List.copyOf(clusters);
  }
}
