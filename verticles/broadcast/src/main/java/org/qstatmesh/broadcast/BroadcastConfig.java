package org.qstatmesh.broadcast;

import java.util.List;
import org.qstatmesh.bus.ClusterConfig;
import org.qstatmesh.bus.People;

/**
 * What the stage is started with.
 *
 * @param node this mesh node's name
 * @param clusters clusters at start, in the page's order; later lists come over the bus
 * @param host address to listen on: a literal address or {@code localhost}
 * @param port port to listen on; 0 lets the system choose
 * @param publicly whether {@code host} may be reached from other machines
 * @param title what the page is called
 * @param origins origins besides the page's own that may open a websocket and read {@code
 *     /api/v1/}, as {@code https://host[:port]}; also the way to say under which name a reverse
 *     proxy reaches a loopback port
 * @param embedders origins whose pages may show one row in a frame
 * @param people who is who on the clusters; later ones come over the bus
 */
public record BroadcastConfig(
    String node,
    List<ClusterConfig> clusters,
    String host,
    int port,
    boolean publicly,
    String title,
    List<String> origins,
    List<String> embedders,
    People people) {
  /** A page that knows nobody and stands in no frame. */
  public BroadcastConfig(
      String node,
      List<ClusterConfig> clusters,
      String host,
      int port,
      boolean publicly,
      String title,
      List<String> origins) {
    this(node, clusters, host, port, publicly, title, origins, List.of(), People.NONE);
  }

  /** Copies the lists. */
  public BroadcastConfig {
    clusters = List.copyOf(clusters);
    origins = List.copyOf(origins);
    embedders = List.copyOf(embedders);
  }
}
