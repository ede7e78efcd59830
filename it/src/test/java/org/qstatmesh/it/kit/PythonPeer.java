package org.qstatmesh.it.kit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A peer of the tests that is written in Python, over Debian's pyzmq. */
public final class PythonPeer implements AutoCloseable {
  private static final String PYTHON = "/usr/bin/python3";

  private final RunningProcess process;
  private final String endpoint;

  private PythonPeer(RunningProcess process) throws InterruptedException {
    this.process = process;
    this.endpoint = process.awaitLine("listening on (tcp://\\S+)").group(1);
  }

  /** Starts a probe that prints where it listens. */
  public static PythonPeer probe(Path script, String... arguments) throws Exception {
    return new PythonPeer(RunningProcess.start("python probe", command(script, arguments)));
  }

  /** Runs a script to its end and returns what it printed. */
  public static String run(Path script, String... arguments) throws Exception {
    return RunningProcess.run(command(script, arguments).toArray(String[]::new));
  }

  private static List<String> command(Path script, String... arguments) {
    List<String> command = new ArrayList<>(List.of(PYTHON, script.toString()));
    command.addAll(List.of(arguments));
    return command;
  }

  /** A script of the tests' resources, as a file. */
  public static Path script(Path directory, String name) throws Exception {
    Path file = directory.resolve(name);
    Files.deleteIfExists(file);
    Checkout.copyResource("peers/" + name, file);
    return file;
  }

  /** Where it listens. */
  public String endpoint() {
    return endpoint;
  }

  @Override
  public void close() {
    process.close();
  }
}
