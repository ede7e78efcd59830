package org.qstatmesh.probe.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A command together with all that it started.
 *
 * <p>{@code setsid(1)} makes the command the leader of a session; whoever it starts stays in that
 * session unless it takes the trouble to leave. Whoever leaves, as a daemon does, still has the
 * environment it was given, in which each run has a mark of its own. Killing only the child leaves
 * grandchildren behind that hold its pipes. Members and marks are read from /proc (field 6 of stat,
 * and environ, proc(5)), which needs no further process: on a machine in trouble the next fork may
 * be the one that fails.
 */
final class ProcessSession {
  private static final Path SETSID = firstExecutable("/usr/bin/setsid", "/bin/setsid");
  private static final Path NICE = firstExecutable("/usr/bin/nice", "/bin/nice");
  private static final Path PROC = Path.of("/proc");
  private static final String MARK = "QSTAT_PROBE_RUN";
  private static final AtomicLong RUNS = new AtomicLong();
  private static final int MAX_ROUNDS = 50;
  private static final int MILLIS_BETWEEN_ROUNDS = 10;

  private final Process leader;
  private final byte[] mark;

  private ProcessSession(Process leader, String mark) {
    this.leader = leader;
    this.mark = (MARK + "=" + mark).getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Starts a command; what it says and reads is the caller's to arrange. */
  static ProcessSession start(ProcessBuilder builder) throws IOException {
    String mark = ProcessHandle.current().pid() + "." + RUNS.incrementAndGet() + ".";
    builder.environment().put(MARK, mark);
    return new ProcessSession(builder.start(), mark);
  }

  /** The command itself. */
  Process leader() {
    return leader;
  }

  /**
   * What a command line begins with: the program that lets everybody else go first, and the one
   * that makes a session, each where there is one. Each becomes the next, so no process is added.
   */
  static List<String> starters() {
    List<String> words = new ArrayList<>();
    if (NICE != null) {
      words.addAll(List.of(NICE.toString(), "-n", "10"));
    }
    if (SETSID != null) {
      words.add(SETSID.toString());
    }
    return words;
  }

  /**
   * Kills the leader and every member, again until none is left: one may have been forking. Bounded
   * by half a second besides the time to read /proc.
   */
  void kill() throws InterruptedException {
    Set<ProcessHandle> members = new LinkedHashSet<>(leader.descendants().toList());
    members.addAll(members());
    leader.destroyForcibly();
    for (int round = 0; round < MAX_ROUNDS; round++) {
      members.forEach(ProcessHandle::destroyForcibly);
      boolean ended = leader.waitFor(MILLIS_BETWEEN_ROUNDS, TimeUnit.MILLISECONDS);
      members = members();
      if (ended && members.isEmpty()) {
        return;
      }
    }
  }

  private Set<ProcessHandle> members() {
    Set<ProcessHandle> members = new LinkedHashSet<>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[1-9]*")) {
      for (Path process : processes) {
        if (isLiveMember(process)) {
          ProcessHandle.of(Long.parseLong(process.getFileName().toString()))
              .ifPresent(members::add);
        }
      }
    } catch (IOException | DirectoryIteratorException noProc) {
      return members; // not Linux: the descendants are all that can be known
    }
    return members;
  }

  private boolean isLiveMember(Path process) {
    try {
      String stat = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
      // The name, in parentheses, may itself hold blanks and parentheses.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ");
      if (fields.length <= 3 || fields[0].equals("Z")) {
        return false;
      }
      return fields[3].equals(Long.toString(leader.pid())) || hasMark(process);
    } catch (IOException | UncheckedIOException gone) {
      return false;
    }
  }

  /** The environment of other users' processes cannot be read: those are not ours. */
  private boolean hasMark(Path process) throws IOException {
    byte[] environment = Files.readAllBytes(process.resolve("environ"));
    int end = environment.length - mark.length;
    for (int from = 0; from <= end; from++) {
      if (Arrays.equals(environment, from, from + mark.length, mark, 0, mark.length)) {
        return true;
      }
    }
    return false;
  }

  private static Path firstExecutable(String... candidates) {
    for (String candidate : candidates) {
      Optional<Path> path = Optional.of(Path.of(candidate)).filter(Files::isExecutable);
      if (path.isPresent()) {
        return path.get();
      }
    }
    return null;
  }
}
