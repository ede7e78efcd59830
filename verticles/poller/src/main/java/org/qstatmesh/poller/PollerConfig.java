package org.qstatmesh.poller;

import java.util.List;
import org.qstatmesh.bus.ClusterConfig;
import org.qstatmesh.bus.People;

/**
 * What a poller must know at its start; later lists come over {@link
 * org.qstatmesh.bus.Addresses#CLUSTERS_CONFIGURED}.
 *
 * @param node this mesh node
 * @param labels what clusters may choose this poller by
 * @param clustered whether there may be other pollers, which are listened for first
 * @param clusters every cluster of the configuration
 * @param people persons and labs; later ones come over {@link
 *     org.qstatmesh.bus.Addresses#PEOPLE_CONFIGURED}
 */
public record PollerConfig(
    String node,
    List<String> labels,
    boolean clustered,
    List<ClusterConfig> clusters,
    People people) {
  /** The only poller, which knows nobody. */
  public PollerConfig(String node, List<ClusterConfig> clusters) {
    this(node, List.of(), false, clusters, People.NONE);
  }

  /** Copies the lists. */
  public PollerConfig {
    labels = List.copyOf(labels);
    clusters = List.copyOf(clusters);
  }
}
