package org.qstatmesh.probe.command;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The folders in which commands are looked for. Immutable; any thread. */
public final class CommandPath {
  /** Where distributions and the schedulers' own installers put the commands. */
  private static final List<String> USUAL_FOLDERS =
      List.of(
          "/usr/local/bin",
          "/usr/bin",
          "/bin",
          "/opt/pbs/bin",
          "/usr/pbs/bin",
          "/opt/torque/bin",
          "/usr/local/torque/bin",
          "/opt/slurm/bin",
          "/usr/local/slurm/bin",
          "/opt/maui/bin",
          "/usr/local/maui/bin");

  /** What a command that is a script finds its own interpreter by. */
  private static final String BASE_FOLDERS = "/usr/local/bin:/usr/bin:/bin";

  private final List<Path> folders;
  private final String childPath;

  private CommandPath(List<Path> folders, String childPath) {
    this.folders = List.copyOf(folders);
    this.childPath = childPath;
  }

  /** Only this folder is searched; it comes first in the commands' own PATH. */
  public static CommandPath only(Path folder) {
    Path absolute = folder.toAbsolutePath().normalize();
    return new CommandPath(List.of(absolute), absolute + File.pathSeparator + BASE_FOLDERS);
  }

  /**
   * The absolute folders of PATH, then {@code $PBS_EXEC/bin}, then the usual ones. A relative entry
   * would mean another folder in every working directory and is left out.
   */
  public static CommandPath ofSystem(Map<String, String> environment) {
    Stream<String> path =
        Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator, -1));
    Stream<String> pbs = Stream.ofNullable(environment.get("PBS_EXEC")).map(exec -> exec + "/bin");
    Set<Path> folders =
        Stream.of(path, pbs, USUAL_FOLDERS.stream())
            .flatMap(entries -> entries)
            .filter(entry -> entry.startsWith("/"))
            .map(entry -> Path.of(entry).normalize())
            .collect(Collectors.toCollection(LinkedHashSet::new));
    String childPath =
        folders.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    return new CommandPath(List.copyOf(folders), childPath);
  }

  /**
   * The absolute path of a command.
   *
   * @param name a plain file name
   * @throws CommandMissingException when no folder has it, or none that this user may execute
   */
  public Path find(String name) throws CommandMissingException {
    if (name.isEmpty() || name.contains("/")) {
      throw new CommandMissingException(Printable.escape(name) + " is no plain command name");
    }
    Path forbidden = null;
    for (Path folder : folders) {
      Path candidate = folder.resolve(name);
      if (Files.isRegularFile(candidate)) {
        if (Files.isExecutable(candidate)) {
          return candidate;
        }
        forbidden = candidate;
      }
    }
    if (forbidden != null) {
      throw new CommandMissingException(
          forbidden + " may not be executed by user " + System.getProperty("user.name"));
    }
    throw new CommandMissingException(name + " is not in " + searched());
  }

  /** Whether {@link #find} would succeed. */
  public boolean has(String name) {
    return folders.stream()
        .map(folder -> folder.resolve(name))
        .anyMatch(candidate -> Files.isRegularFile(candidate) && Files.isExecutable(candidate));
  }

  /** The folders searched, in order, as one phrase. */
  public String searched() {
    return folders.stream().map(Path::toString).collect(Collectors.joining(", "));
  }

  /** PATH of the commands themselves. */
  String childPath() {
    return childPath;
  }
}
