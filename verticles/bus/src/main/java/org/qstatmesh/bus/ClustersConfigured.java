package org.qstatmesh.bus;

import java.util.List;

/**
 * Every cluster of this node's configuration, in the page's order; whoever is not in it is gone.
 */
public record ClustersConfigured(List<ClusterConfig> clusters) implements NodeMessage {
  /** Copies the list. */
  public ClustersConfigured {
    clusters = List.copyOf(clusters);
  }
}
