package org.qstatmesh.bus;

import java.util.List;

/**
 * A poller lives.
 *
 * @param node its mesh node
 * @param sinceEpochMillis when this poller started
 * @param clusters ids of the clusters it polls
 * @param labels what clusters may choose it by
 * @param leaving whether it stops now, so that others need not wait for its silence; absent is no
 */
public record PollerAlive(
    String node, long sinceEpochMillis, List<String> clusters, List<String> labels, Boolean leaving)
    implements MeshMessage {
  /** Copies the lists; a node of an earlier release says nothing of labels and leaving. */
  public PollerAlive {
    clusters = List.copyOf(clusters);
    labels = labels == null ? List.of() : List.copyOf(labels);
    leaving = Boolean.TRUE.equals(leaving);
  }

  /** A poller that goes on. */
  public PollerAlive(
      String node, long sinceEpochMillis, List<String> clusters, List<String> labels) {
    this(node, sinceEpochMillis, clusters, labels, false);
  }

  /** A poller without labels. */
  public PollerAlive(String node, long sinceEpochMillis, List<String> clusters) {
    this(node, sinceEpochMillis, clusters, List.of());
  }
}
