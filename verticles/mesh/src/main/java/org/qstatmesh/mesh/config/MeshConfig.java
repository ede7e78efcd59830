package org.qstatmesh.mesh.config;

import java.util.List;
import org.qstatmesh.bus.ClusterConfig;

/**
 * A valid configuration.
 *
 * @param web the page
 * @param ops the operators' port
 * @param storeUrl JDBC URL of the history
 * @param clusters the rows, in the page's order
 */
public record MeshConfig(Web web, Ops ops, String storeUrl, List<ClusterConfig> clusters) {

  /** Copies the list. */
  public MeshConfig {
    clusters = List.copyOf(clusters);
  }

  /** Where and how the page is served; fields as in conf/schema/mesh.schema.json. */
  public record Web(String host, int port, boolean open, String title, List<String> origins) {
    /** Copies the list. */
    public Web {
      origins = List.copyOf(origins);
    }
  }

  /** Where the operators' port listens. */
  public record Ops(String host, int port) {}

  /** The same configuration with these clusters. */
  public MeshConfig withClusters(List<ClusterConfig> others) {
    return new MeshConfig(web, ops, storeUrl, others);
  }
}
