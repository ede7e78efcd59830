package org.qstatmesh.poller;

import java.util.List;
import org.qstatmesh.bus.ClusterConfig;

/**
 * What a poller must know at its start; later lists come over {@link
 * org.qstatmesh.bus.Addresses#CLUSTERS_CONFIGURED}.
 *
 * @param node this mesh node
 * @param clusters every cluster of the configuration
 */
public record PollerConfig(String node, List<ClusterConfig> clusters) {
  /** Copies the list. */
  public PollerConfig {
    clusters = List.copyOf(clusters);
  }
}
