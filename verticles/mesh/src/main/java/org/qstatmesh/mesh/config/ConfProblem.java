package org.qstatmesh.mesh.config;

import java.nio.file.Path;
import org.qstatmesh.bus.ConfState;
import org.qstatmesh.bus.Printable;

/**
 * One thing that is wrong in conf/.
 *
 * @param file the file, as a person would open it
 * @param pointer JSON pointer of the value, or line and column where the file is no JSON
 * @param message what is wrong and what would be right
 */
public record ConfProblem(String file, String pointer, String message) {

  /** How {@link StrictJson} begins to say so. */
  static final String NO_JSON = "is no JSON";

  /** Makes what came out of a file printable. */
  public ConfProblem {
    file = Printable.escape(file);
    pointer = Printable.escape(pointer);
    message = Printable.escape(message);
  }

  /**
   * As everybody who sees the page may read it: without the way to the file, and without words that
   * may repeat a secret, as those about a URL or a text that is no JSON do.
   */
  public ConfState.Problem forEverybody() {
    Path name = Path.of(file).getFileName();
    String words = message;
    if (pointer.endsWith("/url")) {
      words = "cannot be used; the log says why";
    } else if (message.startsWith(NO_JSON)) {
      words = NO_JSON + "; the log says more";
    }
    return new ConfState.Problem(name == null ? file : name.toString(), pointer, words);
  }

  @Override
  public String toString() {
    return file + "#" + pointer + ": " + message;
  }
}
