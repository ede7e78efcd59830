package org.qstatmesh.bus;

import java.util.List;

/**
 * A poller lives.
 *
 * @param node its mesh node
 * @param sinceEpochMillis when this poller started
 * @param clusters ids of the clusters it polls
 * @param labels what clusters may choose it by
 */
public record PollerAlive(
    String node, long sinceEpochMillis, List<String> clusters, List<String> labels)
    implements MeshMessage {
  /** Copies the lists; a node of an earlier release says nothing of labels. */
  public PollerAlive {
    clusters = List.copyOf(clusters);
    labels = labels == null ? List.of() : List.copyOf(labels);
  }

  /** A poller without labels. */
  public PollerAlive(String node, long sinceEpochMillis, List<String> clusters) {
    this(node, sinceEpochMillis, clusters, List.of());
  }
}
