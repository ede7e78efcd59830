package org.qstatmesh.it.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A folder of commands that run others and write down when. */
final class CommandTimes {
  private final Path directory;
  private final Path log;

  /**
   * One run of a command, by the machine's clock.
   *
   * @param beganMillis epoch milliseconds, with a fraction
   * @param endedMillis the same
   * @param command its name
   */
  record Run(double beganMillis, double endedMillis, String command) {}

  /** Wraps {@code qstat} and {@code pbsnodes} of one folder into those of another. */
  CommandTimes(Path wrapped, Path directory) throws IOException {
    this.directory = Files.createDirectories(directory);
    this.log = directory.resolve("runs");
    Files.createFile(log);
    for (String command : List.of("qstat", "pbsnodes")) {
      Path file = directory.resolve(command);
      Files.writeString(
          file,
          """
          #!/bin/bash
          began=$EPOCHREALTIME
          '%s' "$@"
          code=$?
          echo "$began $EPOCHREALTIME %s" >>'%s'
          exit $code
          """
              .formatted(wrapped.resolve(command), command, log));
      if (!file.toFile().setExecutable(true)) {
        throw new IOException("cannot make executable: " + file);
      }
    }
  }

  Path directory() {
    return directory;
  }

  /** All runs so far, by their beginning. */
  List<Run> runs() throws IOException {
    List<Run> runs = new ArrayList<>();
    for (String line : Files.readAllLines(log)) {
      String[] fields = line.split(" ");
      runs.add(new Run(millis(fields[0]), millis(fields[1]), fields[2]));
    }
    runs.sort(Comparator.comparingDouble(Run::beganMillis));
    return runs;
  }

  private static double millis(String seconds) {
    return Double.parseDouble(seconds) * 1e3;
  }

  /** How long at least one of these runs was under way; they are sorted by their beginning. */
  static double unionMillis(List<Run> runs) {
    double union = 0;
    double until = Double.NEGATIVE_INFINITY;
    for (Run run : runs) {
      union += Math.max(0, run.endedMillis() - Math.max(until, run.beganMillis()));
      until = Math.max(until, run.endedMillis());
    }
    return union;
  }
}
