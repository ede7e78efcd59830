package org.qstatmesh.mesh.config;

import org.qstatmesh.bus.Printable;

/**
 * One thing that is wrong in conf/.
 *
 * @param file the file, as a person would open it
 * @param pointer JSON pointer of the value, or line and column where the file is no JSON
 * @param message what is wrong and what would be right
 */
public record ConfProblem(String file, String pointer, String message) {

  /** Makes what came out of a file printable. */
  public ConfProblem {
    file = Printable.escape(file);
    pointer = Printable.escape(pointer);
    message = Printable.escape(message);
  }

  @Override
  public String toString() {
    return file + "#" + pointer + ": " + message;
  }
}
