package org.qstatmesh.bus;

import java.util.List;
import java.util.Map;
import org.qstatmesh.wire.Node;

/**
 * The newest snapshot's nodes.
 *
 * @param takenAtEpochMillis when the snapshot was taken, by the server's clock
 * @param nodes all of them
 * @param owners who runs there: node name to sorted login names
 */
public record NodesAnswer(
    long takenAtEpochMillis, List<Node> nodes, Map<String, List<String>> owners)
    implements MeshMessage {
  /** Copies the lists. */
  public NodesAnswer {
    nodes = List.copyOf(nodes);
    owners = Map.copyOf(owners);
  }
}
