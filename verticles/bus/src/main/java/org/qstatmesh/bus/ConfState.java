package org.qstatmesh.bus;

import java.util.List;

/**
 * How a node's conf/ stands; repeated every two seconds while it cannot be used, and told once when
 * it can again. For everybody who sees the page, so no value of a secret is in it.
 *
 * @param node the mesh node whose files they are
 * @param inForceSinceEpochMillis when what goes on to be in force was read
 * @param problems the first of what is wrong; empty when the files are in force
 * @param more how many there are besides
 */
public record ConfState(String node, long inForceSinceEpochMillis, List<Problem> problems, int more)
    implements MeshMessage {
  /**
   * One thing that is wrong.
   *
   * @param file the file's name, without the way to it
   * @param place JSON pointer, or line and column where the file is no JSON; empty for the whole
   * @param message what is wrong
   */
  public record Problem(String file, String place, String message) {}

  /** Copies the list. */
  public ConfState {
    problems = List.copyOf(problems);
  }
}
