package org.qstatmesh.tunnel;

import java.util.List;
import java.util.Objects;
import org.qstatmesh.bus.ClusterConfig;

/**
 * What the tunnel stage starts with.
 *
 * @param node name of this mesh node, put into every state it publishes
 * @param clusters the clusters known at start; later ones come over the bus
 */
public record TunnelConfig(String node, List<ClusterConfig> clusters) {
  /** Copies the list. */
  public TunnelConfig {
    Objects.requireNonNull(node);
    clusters = List.copyOf(clusters);
  }
}
