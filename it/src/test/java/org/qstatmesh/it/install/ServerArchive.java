package org.qstatmesh.it.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.qstatmesh.it.kit.Checkout;
import org.qstatmesh.it.kit.RunningProcess;

/** The archive that {@code -Pimage} makes. */
final class ServerArchive {
  private ServerArchive() {}

  /** Unpacks it; the folder that was in it. */
  static Path unpack(Path directory) throws Exception {
    RunningProcess.run("tar", "-xf", newest().toString(), "-C", directory.toString());
    try (Stream<Path> folders = Files.list(directory)) {
      return folders.findFirst().orElseThrow();
    }
  }

  /** Of its forms, since several may be there. */
  private static Path newest() throws IOException {
    try (Stream<Path> files = Files.list(target())) {
      return files
          .filter(file -> file.getFileName().toString().matches("qstat-mesh-[0-9].*\\.tar.*"))
          .max(Comparator.comparing(file -> file.toFile().lastModified()))
          .orElseThrow(
              () -> new AssertionError("no archive in " + target() + "; build it with -Pimage"));
    }
  }

  /** Where it lies. */
  static Path target() {
    return Checkout.root().resolve("verticles/mesh/target");
  }
}
