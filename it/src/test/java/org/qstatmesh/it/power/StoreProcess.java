package org.qstatmesh.it.power;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.qstatmesh.it.kit.Checkout;
import org.qstatmesh.it.kit.Eventually;
import org.qstatmesh.it.kit.RunningProcess;

/** {@link StoreMain} as a process. */
final class StoreProcess implements AutoCloseable {
  private static final Pattern STORED = Pattern.compile("^stored (\\S+ \\S+)$");

  private final RunningProcess process;

  private StoreProcess(RunningProcess process) {
    this.process = process;
  }

  /** Starts one; {@code before} are words in front of the command, such as strace's. */
  static StoreProcess start(Path data, long firstMinute, String... before) throws IOException {
    List<String> command = new ArrayList<>(List.of(before));
    Path target = Checkout.root().resolve("it/target");
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "-cp",
            target.resolve("test-classes")
                + ":"
                + Files.readString(target.resolve("test-class-path.txt")).strip(),
            StoreMain.class.getName(),
            data.toString(),
            Long.toString(firstMinute)));
    return new StoreProcess(RunningProcess.start("store", command));
  }

  /** Blocks until so many samples are on disk. */
  void awaitStored(int samples) throws Exception {
    Eventually.eventually(
        samples + " samples stored",
        Eventually.PATIENCE,
        () -> stored() >= samples,
        process::output);
  }

  /** How many it said are on disk. */
  int stored() {
    return (int) process.linesAfter(0).stream().filter(line -> line.startsWith("stored ")).count();
  }

  /** Whether the last that it said of itself has an alarm in it. */
  boolean saysAlarm() {
    return process.linesAfter(0).stream()
        .filter(line -> line.startsWith("state "))
        .reduce((before, last) -> last)
        .filter(last -> !last.endsWith("[]"))
        .isPresent();
  }

  /** Blocks until the writer is found in {@code place} again. */
  void awaitWriterIn(String place) throws InterruptedException {
    process.awaitLine(Pattern.compile("^in " + place), process.lineCount(), Eventually.PATIENCE);
  }

  /** SIGKILL; what it said was on disk until then, as {@code CLUSTER SNAPSHOT}. */
  Set<String> kill() {
    process.kill();
    Set<String> stored = new HashSet<>();
    for (String line : process.linesAfter(0)) {
      Matcher matcher = STORED.matcher(line);
      if (matcher.matches()) {
        stored.add(matcher.group(1));
      }
    }
    return stored;
  }

  RunningProcess process() {
    return process;
  }

  @Override
  public void close() {
    process.close();
  }
}
