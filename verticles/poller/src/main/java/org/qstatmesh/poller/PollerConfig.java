package org.qstatmesh.poller;

import java.util.List;
import org.qstatmesh.bus.ClusterConfig;
import org.qstatmesh.bus.People;

/**
 * What a poller must know at its start; later lists come over {@link
 * org.qstatmesh.bus.Addresses#CLUSTERS_CONFIGURED}.
 *
 * @param node this mesh node
 * @param clusters every cluster of the configuration
 * @param people persons and labs; later ones come over {@link
 *     org.qstatmesh.bus.Addresses#PEOPLE_CONFIGURED}
 */
public record PollerConfig(String node, List<ClusterConfig> clusters, People people) {
  /** A poller that knows nobody. */
  public PollerConfig(String node, List<ClusterConfig> clusters) {
    this(node, clusters, People.NONE);
  }

  /** Copies the list. */
  public PollerConfig {
    clusters = List.copyOf(clusters);
  }
}
