package org.qstatmesh.it.bench;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.qstatmesh.it.kit.Checkout;

/** Runs the benchmarks that are named on the command line, or all. */
final class Bench {
  private static final int FAILED = 1;
  private static final int USAGE = 64;

  private Bench() {}

  private static Map<String, Benchmark> all() {
    Map<String, Benchmark> all = new LinkedHashMap<>();
    all.put("start", new StartUp());
    all.put("tunnel", new TunnelRoundTrip());
    all.put("end-to-end", new EndToEnd());
    all.put("fan-out", new FanOut());
    all.put("polling", new Polling());
    all.put("history", new History());
    all.put("parsing", new ParsingCost());
    all.put("probe-size", new ProbeSizeBench());
    all.put("page", new PageCost());
    all.put("parsing-code", new ParsingCode());
    all.put("screenshots", new Screenshots());
    return all;
  }

  /** Prints figures on stdout; what the measured programs say goes to it/target/bench.log. */
  public static void main(String[] names) throws Exception {
    PrintStream out = System.out;
    Map<String, Benchmark> all = all();
    List<String> chosen = List.of(names);
    if (chosen.equals(List.of("-l"))) {
      all.forEach((name, benchmark) -> out.println(name + ": " + benchmark.explanation()));
      return;
    }
    if (!all.keySet().containsAll(chosen)) {
      System.err.println("usage: it/bench [-l] [NAME…]; names: " + String.join(" ", all.keySet()));
      System.exit(USAGE);
    }
    Path log = Checkout.root().resolve("it/target/bench.log");
    try (PrintStream toLog = new PrintStream(log.toFile(), StandardCharsets.UTF_8)) {
      System.setOut(toLog);
      if (!run(all, chosen.isEmpty() ? all.keySet() : chosen, out)) {
        System.exit(FAILED);
      }
    }
  }

  private static boolean run(
      Map<String, Benchmark> all, Collection<String> names, PrintStream out) {
    boolean succeeded = true;
    for (String name : names) {
      Figures figures = new Figures(out, name);
      figures.remark(name + ": " + all.get(name).explanation());
      figures.print(
          "load-before",
          ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
          "processes");
      try {
        Path directory = Files.createTempDirectory("qstat-mesh-bench-");
        try {
          all.get(name).run(directory, figures);
        } finally {
          Checkout.deleteTree(directory);
        }
      } catch (Exception | AssertionError e) {
        // The other benchmarks can be run all the same.
        e.printStackTrace();
        succeeded = false;
      }
    }
    return succeeded;
  }
}
