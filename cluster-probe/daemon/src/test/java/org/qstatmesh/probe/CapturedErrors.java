package org.qstatmesh.probe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Commands that answer whatever they are asked as a recorded situation did. */
public final class CapturedErrors {
  private static final Path CAPTURES = Path.of("src/test/resources/captures").toAbsolutePath();
  private static final int KILLED_BY_THE_RECORDER = 124;

  private CapturedErrors() {}

  /** Names of the situations of a scheduler. */
  public static Set<String> situations(String scheduler) throws IOException {
    Set<String> names = new LinkedHashSet<>();
    for (String[] row : rows(scheduler)) {
      names.add(situation(row));
    }
    return names;
  }

  /** Makes each command of the situation, by the first line that the record has of it. */
  public static FakeCommands make(String scheduler, String situation, Path folder)
      throws IOException {
    FakeCommands commands = new FakeCommands(folder);
    Set<String> made = new LinkedHashSet<>();
    for (String[] row : rows(scheduler)) {
      String name = row[3].split(" ")[0];
      if (situation(row).equals(situation) && !name.equals("runuser") && made.add(name)) {
        commands.command(name, answer(scheduler, row));
      }
    }
    return commands;
  }

  private static String answer(String scheduler, String[] row) {
    Path base = CAPTURES.resolve(scheduler).resolve("errors").resolve(row[0]);
    int code = Integer.parseInt(row[2].substring("rc=".length()));
    String end = code == KILLED_BY_THE_RECORDER ? "sleep 3600" : "exit " + code;
    return "cat '" + base + ".out'; cat '" + base + ".err' >&2; " + end;
  }

  private static String situation(String[] row) {
    return row[0].substring(0, row[0].indexOf('.'));
  }

  private static List<String[]> rows(String scheduler) throws IOException {
    Path table = CAPTURES.resolve(scheduler).resolve("errors").resolve("COMMANDS.tsv");
    return Files.readAllLines(table).stream().map(line -> line.split("\t")).toList();
  }
}
