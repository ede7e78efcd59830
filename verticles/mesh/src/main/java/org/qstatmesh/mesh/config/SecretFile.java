package org.qstatmesh.mesh.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** A file with a secret in it: readable for us and for nobody else. */
final class SecretFile {
  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private SecretFile() {}

  /**
   * Whether systemd put it there (LoadCredential): for this service alone, by an access list that
   * looks like a right of the group.
   */
  private static boolean isCredential(Path file) {
    String credentials = System.getenv("CREDENTIALS_DIRECTORY");
    return credentials != null && file.normalize().startsWith(Path.of(credentials));
  }

  /** What is wrong with it, if anything. */
  static Optional<String> problem(Path file) {
    try {
      Optional<String> unreadable = ReadableFile.problem(file);
      if (unreadable.isPresent()) {
        return unreadable;
      }
      return !isCredential(file)
              && Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains)
          ? Optional.of(file + " is open to others: chmod 600 it")
          : Optional.empty();
    } catch (IOException e) {
      return Optional.of(file + " cannot be looked at: " + e);
    }
  }
}
