package org.qstatmesh.it.kit;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A process whose output (stdout and stderr together) is kept line by line. */
public final class RunningProcess implements AutoCloseable {
  private static final Duration STOP_DEADLINE = Duration.ofSeconds(20);

  private final String name;
  private final Process process;
  private final List<String> lines = new ArrayList<>();
  private boolean ended;

  private RunningProcess(String name, Process process) {
    this.name = name;
    this.process = process;
    Thread reader = new Thread(this::read, name + " output");
    reader.setDaemon(true);
    reader.start();
  }

  /** Starts a command with the test's own environment. */
  public static RunningProcess start(String name, List<String> command) throws IOException {
    return start(name, command, Map.of());
  }

  /** Starts a command with some variables more. */
  public static RunningProcess start(
      String name, List<String> command, Map<String, String> environment) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    return new RunningProcess(name, builder.start());
  }

  /** Runs a command to its end and returns what it said; fails when its exit code is not 0. */
  public static String run(String... command) throws Exception {
    try (RunningProcess process = start(command[0], List.of(command))) {
      int code = process.exitCode(Eventually.PATIENCE);
      if (code != 0) {
        throw new IOException(String.join(" ", command) + " ended with " + code + process.output());
      }
      return process.output();
    }
  }

  private void read() {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        synchronized (lines) {
          lines.add(line);
          lines.notifyAll();
        }
      }
    } catch (IOException e) {
      // The stream of a killed process may end in the middle of a line.
    } finally {
      synchronized (lines) {
        ended = true;
        lines.notifyAll();
      }
    }
  }

  /** Blocks until a line has the pattern in it; fails when the process ends without one. */
  public Matcher awaitLine(String pattern) throws InterruptedException {
    return awaitLine(Pattern.compile(pattern), 0, Eventually.PATIENCE);
  }

  /** As {@link #awaitLine(String)}, in the output after the first {@code after} lines. */
  public Matcher awaitLine(Pattern pattern, int after, Duration deadline)
      throws InterruptedException {
    long until = System.nanoTime() + deadline.toNanos();
    int next = after;
    synchronized (lines) {
      while (true) {
        for (; next < lines.size(); next++) {
          Matcher matcher = pattern.matcher(lines.get(next));
          if (matcher.find()) {
            return matcher;
          }
        }
        long left = (until - System.nanoTime()) / 1_000_000;
        if (ended || left <= 0) {
          throw new AssertionError(
              name + (ended ? " ended" : " went on") + " without: " + pattern + "\n" + state());
        }
        lines.wait(left);
      }
    }
  }

  /** What it said, and how it ended. */
  private String state() {
    return output() + (process.isAlive() ? "" : "\nexit code " + process.exitValue());
  }

  /** How many lines there are; a mark for {@link #awaitLine(Pattern, int, Duration)}. */
  public int lineCount() {
    synchronized (lines) {
      return lines.size();
    }
  }

  /** The lines after the first {@code after}. */
  public List<String> linesAfter(int after) {
    synchronized (lines) {
      return List.copyOf(lines.subList(after, lines.size()));
    }
  }

  /** All that it said. */
  public String output() {
    synchronized (lines) {
      return String.join("\n", lines);
    }
  }

  /** Types a line. */
  public void type(String line) throws IOException {
    Writer stdin = process.outputWriter(StandardCharsets.UTF_8);
    stdin.write(line + "\n");
    stdin.flush();
  }

  /** Nobody is at the terminal any more. */
  public void closeInput() throws IOException {
    process.getOutputStream().close();
  }

  /** Its id. */
  public long pid() {
    return process.pid();
  }

  /** Whether it runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** SIGTERM; {@link #exitCode} waits for its end. */
  public void terminate() {
    process.destroy();
  }

  /** SIGKILL to it and to what it started, and waits for their end. */
  public void kill() {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
    exitCode(STOP_DEADLINE);
  }

  /** SIGKILL to what it started; it goes on itself. */
  public void killChildren() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
  }

  /** Stops it and what it started in the middle of whatever they do. */
  public void freeze() throws Exception {
    signal("STOP");
  }

  /** Lets a frozen process go on. */
  public void thaw() throws Exception {
    signal("CONT");
  }

  private void signal(String signal) throws Exception {
    run("kill", "-" + signal, Long.toString(pid()));
    for (ProcessHandle child : process.descendants().toList()) {
      // It may be gone by now.
      try (RunningProcess kill =
          start("kill", List.of("kill", "-" + signal, Long.toString(child.pid())))) {
        kill.exitCode(STOP_DEADLINE);
      }
    }
  }

  /** Waits for the end of the process and of its output; its exit code. */
  public int exitCode(Duration deadline) {
    try {
      if (!process.waitFor(deadline.toMillis(), MILLISECONDS)) {
        throw new AssertionError(name + " did not end within " + deadline.toSeconds() + " s");
      }
      long until = System.nanoTime() + deadline.toNanos();
      synchronized (lines) {
        while (!ended && System.nanoTime() < until) {
          lines.wait(100);
        }
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException("interrupted", e));
    }
  }

  /** Kills it if it still runs. */
  @Override
  public void close() {
    if (process.isAlive()) {
      kill();
    }
  }
}
