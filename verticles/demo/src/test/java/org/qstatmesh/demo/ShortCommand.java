package org.qstatmesh.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs one of the demo's commands as the probe would. */
record ShortCommand(int exitCode, String out, String err) {

  static ShortCommand run(Path folder, String... argv) throws IOException, InterruptedException {
    Process process = start(folder, argv);
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    return new ShortCommand(process.waitFor(), out, err);
  }

  static boolean hangs(Path folder, String... argv) throws IOException, InterruptedException {
    Process process = start(folder, argv);
    try {
      return !process.waitFor(400, TimeUnit.MILLISECONDS);
    } finally {
      process.destroyForcibly();
    }
  }

  private static Process start(Path folder, String... argv) throws IOException {
    List<String> command = new ArrayList<>(List.of(argv));
    command.set(0, folder.resolve(argv[0]).toString());
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().put("PATH", folder + ":/usr/bin:/bin");
    return builder.start();
  }
}
