package org.qstatmesh.probe.conf;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.qstatmesh.probe.command.Printable;

/** Collects what is wrong in one file. One thread. */
final class ConfProblems {
  private final Path file;
  private final List<String> lines = new ArrayList<>();

  ConfProblems(Path file) {
    this.file = file;
  }

  /** About the file as a whole. */
  void add(String problem) {
    lines.add(Printable.escape(file + ": " + problem));
  }

  /** About one place in it. */
  void add(String pointer, String problem) {
    lines.add(Printable.escape(file + "#" + pointer + ": " + problem));
  }

  void throwIfAny() throws ConfigurationException {
    if (!lines.isEmpty()) {
      throw new ConfigurationException(lines);
    }
  }
}
