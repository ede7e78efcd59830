package org.qstatmesh.probe.doctor;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;

/** The words by which sshd or systemd can start this very probe again. */
final class Launcher {
  private static final String NAME = "qstat-probe";

  private Launcher() {}

  /** The launcher that belongs to this jar; without one, Java and the jar. */
  static String words() {
    Path jar = jar();
    if (jar == null) {
      return NAME;
    }
    Path folder = jar.getParent();
    // beside the jar; bin/ of an image whose lib/ has the jar; the distribution's place
    List<Path> candidates =
        List.of(
            folder.resolve(NAME),
            folder.resolveSibling("bin").resolve(NAME),
            Path.of("/usr/bin", NAME));
    return candidates.stream()
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .findFirst()
        .map(file -> ShellWord.quote(file.toString()))
        .orElseGet(() -> "java -jar " + ShellWord.quote(jar.toString()));
  }

  private static Path jar() {
    CodeSource source = Launcher.class.getProtectionDomain().getCodeSource();
    try {
      Path file = source == null ? null : Path.of(source.getLocation().toURI());
      return file != null && Files.isRegularFile(file) ? file : null;
    } catch (URISyntaxException odd) {
      return null;
    }
  }
}
