package org.qstatmesh.mesh.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option {@code --conf}, the same in every command that has it. */
final class ConfOption {
  @Option(
      names = "--conf",
      paramLabel = "DIR",
      defaultValue = "conf",
      description = "Configuration, all *.json of it (default: ${DEFAULT-VALUE}).")
  private Path directory;

  Path directory() {
    return directory;
  }
}
