package org.qstatmesh.mesh.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What distinguishes this node from the others of its mesh, and where they meet; fields as in
 * conf/schema/mesh.schema.json.
 *
 * @param name what the others know it by; null for the host's name and the operators' port
 * @param labels what clusters choose pollers by
 * @param host address of the one interface that other nodes reach
 * @param memberPort where members find each other
 * @param busPort where messages arrive
 * @param members host:port of nodes that are asked for the others
 * @param group name of the mesh; nodes of another one are not let in
 * @param tls who may send and receive messages; null on one machine only
 */
public record NodeConfig(
    String name,
    List<String> labels,
    String host,
    int memberPort,
    int busPort,
    List<String> members,
    String group,
    Tls tls) {

  /** A node that runs alone. */
  public static final NodeConfig ALONE =
      new NodeConfig(null, List.of(), "127.0.0.1", 5701, 5702, List.of(), "qstat-mesh", null);

  /** Copies the lists. */
  public NodeConfig {
    labels = List.copyOf(labels);
    members = List.copyOf(members);
  }

  /** A node's key, its certificate and that of the authority that signed those of all nodes. */
  public record Tls(Path keyFile, Path certificateFile, Path authorityFile) {}

  /** Why this node cannot be one of several, for the person who configured it; empty if it can. */
  public Optional<String> refusal() {
    if (members.isEmpty()) {
      return Optional.of(
          "--clustered needs node.members in conf/: host:port of the nodes, this one included");
    }
    if (tls == null && !Loopback.isLoopback(host)) {
      return Optional.of(
          "node.host "
              + host
              + " is reached by others: --clustered needs node.tls there, so that nobody else"
              + " reads or sends the mesh's messages; qstat-mesh keys makes what it names");
    }
    return Optional.empty();
  }
}
