package org.qstatmesh.it.kit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Probes in one process that answer with a recorded cluster, a new snapshot every second. */
public final class ManyProbes implements AutoCloseable {
  private static final Pattern LISTENS = Pattern.compile("listening on (tcp://\\S+)");

  private final RunningProcess process;
  private final List<String> endpoints;

  private ManyProbes(RunningProcess process, List<String> endpoints) {
    this.process = process;
    this.endpoints = List.copyOf(endpoints);
  }

  /** Starts {@code count} of them, each at a port of its own. */
  public static ManyProbes of(Path directory, int count) throws Exception {
    return start(directory, List.of(), count, "127.0.0.1");
  }

  /**
   * Starts them through a command, in another network for example.
   *
   * @param through the words before the command itself
   * @param host address that they listen at
   */
  public static ManyProbes start(Path directory, List<String> through, int count, String host)
      throws Exception {
    return start(directory, through, count, host, recorded(directory));
  }

  /** Starts {@code count} of them that answer with this snapshot instead. */
  public static ManyProbes of(Path directory, Path snapshot, int count) throws Exception {
    return start(directory, List.of(), count, "127.0.0.1", snapshot);
  }

  private static Path recorded(Path directory) throws Exception {
    Files.createDirectories(directory);
    Path snapshot = directory.resolve("snapshot.json");
    FakeScheduler torque = FakeScheduler.torque(directory.resolve("torque"));
    Files.writeString(
        snapshot,
        RunningProcess.run(
            Checkout.probe(
                    List.of(
                        "snapshot",
                        "--drms",
                        "torque",
                        "--command-path",
                        torque.directory().toString()))
                .toArray(String[]::new)));
    return snapshot;
  }

  private static ManyProbes start(
      Path directory, List<String> through, int count, String host, Path snapshot)
      throws Exception {
    List<String> command = new ArrayList<>(through);
    command.addAll(
        List.of(
            "/usr/bin/python3",
            PythonPeer.script(directory, "probes.py").toString(),
            snapshot.toString(),
            Integer.toString(count),
            host));
    RunningProcess process = RunningProcess.start("probes", command);
    process.awaitLine("all listen");
    List<String> endpoints =
        process.linesAfter(0).stream()
            .map(LISTENS::matcher)
            .filter(line -> line.find())
            .map(line -> line.group(1))
            .toList();
    return new ManyProbes(process, endpoints);
  }

  /** CPU and memory of them all are of this process. */
  public RunningProcess process() {
    return process;
  }

  /** Where they listen. */
  public List<String> endpoints() {
    return endpoints;
  }

  @Override
  public void close() {
    process.close();
  }
}
