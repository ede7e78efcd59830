package org.qstatmesh.it.bench;

import java.io.PrintStream;
import java.util.Locale;

/** Prints figures as lines {@code name value unit}. */
final class Figures {
  private final PrintStream out;
  private final String benchmark;

  Figures(PrintStream out, String benchmark) {
    this.out = out;
    this.benchmark = benchmark;
  }

  /** One figure; three significant digits where it is small. */
  void print(String name, double value, String unit) {
    String digits = value != 0 && Math.abs(value) < 10 ? "%.3f" : "%.1f";
    out.printf(Locale.ROOT, "%s.%s " + digits + " %s%n", benchmark, name, value, unit);
  }

  /** One count. */
  void print(String name, long value, String unit) {
    out.printf(Locale.ROOT, "%s.%s %d %s%n", benchmark, name, value, unit);
  }

  /** Half of the values were below the first figure, all but a hundredth below the second. */
  void printSpread(String name, Samples samples, String unit) {
    print(name + ".p50", samples.quantile(0.50), unit);
    print(name + ".p99", samples.quantile(0.99), unit);
  }

  /** A remark; no figure. */
  void remark(String text) {
    out.println("# " + text);
  }
}
