package org.qstatmesh.it.install;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.qstatmesh.it.kit.Checkout;
import org.qstatmesh.it.kit.RunningProcess;

/** Names of system calls: those of systemd's groups, and those that a trace counted. */
final class SystemCalls {
  private static final String FILTER = "SystemCallFilter=";

  private SystemCalls() {}

  /** What a unit's filter lets through: lines that add groups, and lines with ~ that take away. */
  static Set<String> allowed(String unit) throws Exception {
    Set<String> allowed = new TreeSet<>();
    for (String line : Files.readAllLines(Checkout.root().resolve("conf/packaging/" + unit))) {
      if (line.startsWith(FILTER)) {
        String groups = line.substring(FILTER.length());
        boolean away = groups.startsWith("~");
        for (String group : groups.substring(away ? 1 : 0).split(" ")) {
          Set<String> calls = group(group);
          boolean changed = away ? allowed.removeAll(calls) : allowed.addAll(calls);
          if (!changed) {
            throw new AssertionError(line + " of " + unit + " changes nothing");
          }
        }
      }
    }
    return allowed;
  }

  private static Set<String> group(String name) throws Exception {
    Set<String> calls = new TreeSet<>();
    // The first line names the group itself.
    for (String line :
        RunningProcess.run("systemd-analyze", "syscall-filter", name).lines().skip(1).toList()) {
      String word = line.strip();
      if (word.startsWith("@")) {
        calls.addAll(group(word));
      } else if (!word.isEmpty() && !word.startsWith("#")) {
        calls.add(word);
      }
    }
    return calls;
  }

  /** The names at the ends of the lines of {@code strace -c}. */
  static Set<String> counted(Path summary) throws Exception {
    try (Stream<String> lines = Files.lines(summary)) {
      return lines
          .filter(line -> line.matches("\\s*[0-9].*[a-z]"))
          .map(line -> line.substring(line.lastIndexOf(' ') + 1))
          .filter(name -> !name.equals("total"))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
