package org.qstatmesh.it.kit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An installed {@code qstat-probe}, as an administrator would put it on a login node: a script that
 * starts the packaged probe against a replayed scheduler.
 */
public final class ProbeLauncher {
  private final Path script;

  private ProbeLauncher(Path script) {
    this.script = script;
  }

  /** Writes the script into {@code directory}. */
  public static ProbeLauncher in(Path directory, FakeScheduler scheduler) throws IOException {
    String java =
        Checkout.probe(List.of()).stream()
            .map(word -> "'" + word + "'")
            .collect(Collectors.joining(" "));
    Path script = Files.createDirectories(directory).resolve("qstat-probe");
    Files.writeString(
        script,
        """
        #!/bin/sh
        exec %s "$@" --command-path '%s' --minimum-interval 0
        """
            .formatted(java, scheduler.directory()));
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    return new ProbeLauncher(script);
  }

  /** What an authorized_keys line forces. */
  public String command() {
    return script + " serve --stdio";
  }
}
