package org.qstatmesh.mesh.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option {@code --data}, the same in every command about the history. */
final class DataOption {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "data",
      description = "The data directory of the mesh (default: ${DEFAULT-VALUE}).")
  private Path directory;

  Path directory() {
    return directory;
  }
}
