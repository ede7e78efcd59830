package org.qstatmesh.mesh.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A file that is named in conf/ and must be there. */
final class ReadableFile {
  private ReadableFile() {}

  /** What is wrong with it, if anything. */
  static Optional<String> problem(Path file) {
    return Files.isReadable(file)
        ? Optional.empty()
        : Optional.of(file + (Files.exists(file) ? " may not be read" : " does not exist"));
  }
}
