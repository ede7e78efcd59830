package org.qstatmesh.mesh.config;

import java.nio.file.Path;
import java.util.List;
import org.qstatmesh.broadcast.notify.HookConfig;
import org.qstatmesh.bus.ClusterConfig;
import org.qstatmesh.bus.People;
import org.qstatmesh.store.StoreConfig;
import org.qstatmesh.store.keep.Retention;

/**
 * A valid configuration.
 *
 * @param node what distinguishes this node from others
 * @param web the page
 * @param ops the operators' port
 * @param store the history
 * @param clusters the rows, in the page's order
 * @param hooks who is told what, by name
 * @param people who is who on the clusters
 */
public record MeshConfig(
    NodeConfig node,
    Web web,
    Ops ops,
    Store store,
    List<ClusterConfig> clusters,
    List<HookConfig> hooks,
    People people) {

  /** Copies the lists. */
  public MeshConfig {
    clusters = List.copyOf(clusters);
    hooks = List.copyOf(hooks);
  }

  /** One that tells nobody and knows nobody. */
  public MeshConfig(Web web, Ops ops, Store store, List<ClusterConfig> clusters) {
    this(NodeConfig.ALONE, web, ops, store, clusters, List.of(), People.NONE);
  }

  /** Where and how the page is served; fields as in conf/schema/mesh.schema.json. */
  public record Web(
      String host,
      int port,
      boolean open,
      String title,
      List<String> origins,
      List<String> embedders) {
    /** Copies the lists. */
    public Web {
      origins = List.copyOf(origins);
      embedders = List.copyOf(embedders);
    }
  }

  /** Where the operators' port listens. */
  public record Ops(String host, int port) {}

  /**
   * Where the history is kept, and for how long.
   *
   * @param url JDBC URL; the path of a file starts at the data directory
   * @param retention how long what is kept
   * @param login who logs in at a database server; null with a file
   */
  public record Store(String url, Retention retention, StoreConfig.Login login) {
    /** What the store stage, or a command in its place, works with. */
    public StoreConfig on(String node, Path data) {
      return new StoreConfig(node, url, data, retention, login);
    }
  }

  /** The same configuration with these clusters. */
  public MeshConfig withClusters(List<ClusterConfig> others) {
    return new MeshConfig(node, web, ops, store, others, hooks, people);
  }

  /** The same configuration with these people. */
  public MeshConfig withPeople(People others) {
    return new MeshConfig(node, web, ops, store, clusters, hooks, others);
  }
}
