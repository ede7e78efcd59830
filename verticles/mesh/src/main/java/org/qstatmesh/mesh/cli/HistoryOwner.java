package org.qstatmesh.mesh.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.qstatmesh.mesh.node.DataDirectory;
import org.qstatmesh.mesh.node.StartException;

/** Finds out whether a node runs with a data directory, and keeps one from starting. */
final class HistoryOwner {
  private HistoryOwner() {}

  /**
   * The data directory, locked until it is closed; empty when a node runs with it.
   *
   * @throws IOException it is missing or cannot be used; the message says so
   */
  static Optional<DataDirectory> lock(Path data) throws IOException {
    if (!Files.isDirectory(data)) {
      throw new IOException("there is no history: " + data.toAbsolutePath() + " does not exist");
    }
    try {
      return Optional.of(DataDirectory.open(data));
    } catch (StartException e) {
      if (e.exitCode() == StartException.UNAVAILABLE) {
        return Optional.empty();
      }
      throw new IOException(e.getMessage(), e);
    }
  }
}
