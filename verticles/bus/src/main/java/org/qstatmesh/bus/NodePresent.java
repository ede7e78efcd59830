package org.qstatmesh.bus;

import java.util.List;

/**
 * A node is there.
 *
 * @param node its name
 * @param stages labels of the stages it has, in starting order
 */
public record NodePresent(String node, List<String> stages) implements MeshMessage {
  /** Copies the list. */
  public NodePresent {
    stages = List.copyOf(stages);
  }
}
