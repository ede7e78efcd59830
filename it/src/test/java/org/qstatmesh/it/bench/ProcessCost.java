package org.qstatmesh.it.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What a process costs, as Linux counts it in {@code /proc}. */
public final class ProcessCost {
  /** Linux' USER_HZ is 100 on every architecture that Java runs on. */
  private static final int MILLIS_PER_TICK = 10;

  /** Place of utime among the fields after the command's name; stime follows. proc(5) */
  private static final int UTIME = 11;

  private final Path proc;

  /** Of a process that runs. */
  public ProcessCost(long pid) {
    this.proc = Path.of("/proc", Long.toString(pid));
  }

  /** CPU time of its own threads so far, ended ones too, without its children's. */
  public long cpuMillis() throws IOException {
    return cpuMillis(proc);
  }

  private static long cpuMillis(Path of) throws IOException {
    String stat = Files.readString(of.resolve("stat"));
    // The command's name may have blanks and brackets in it: the fields begin after the last one.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[UTIME]) + Long.parseLong(fields[UTIME + 1])) * MILLIS_PER_TICK;
  }

  /** CPU time so far of those of its threads that run now and whose name begins so. */
  public long cpuMillis(String threads) throws IOException {
    long millis = 0;
    try (Stream<Path> tasks = Files.list(proc.resolve("task"))) {
      for (Path task : tasks.toList()) {
        if (Files.readString(task.resolve("comm")).startsWith(threads)) {
          millis += cpuMillis(task);
        }
      }
    }
    return millis;
  }

  /** Resident memory now. */
  public double rssMegabytes() throws IOException {
    return status("VmRSS") / 1024.0;
  }

  /** Most resident memory so far. */
  public double peakRssMegabytes() throws IOException {
    return status("VmHWM") / 1024.0;
  }

  /** Threads now. */
  public long threads() throws IOException {
    return status("Threads");
  }

  private long status(String field) throws IOException {
    try (Stream<String> lines = Files.lines(proc.resolve("status"))) {
      return lines
          .filter(line -> line.startsWith(field + ":"))
          .map(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElseThrow();
    }
  }

  /** File descriptors now, sockets among them. */
  public long openFiles() throws IOException {
    try (Stream<Path> files = Files.list(proc.resolve("fd"))) {
      return files.count();
    }
  }
}
