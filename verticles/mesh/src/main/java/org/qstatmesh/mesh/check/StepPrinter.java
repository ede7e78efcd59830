package org.qstatmesh.mesh.check;

import java.io.PrintWriter;
import org.qstatmesh.bus.Failure;
import org.qstatmesh.bus.Printable;

/**
 * Prints one line a step, and under a failed one what to try. Whatever came from a cluster is made
 * printable.
 */
final class StepPrinter {
  private final PrintWriter out;
  private boolean failed;

  StepPrinter(PrintWriter out) {
    this.out = out;
  }

  void cluster(String id, String way) {
    out.println(id + "  " + Printable.escape(way));
  }

  void ok(String step, String found) {
    line("ok  ", step, found);
  }

  void warn(String step, String found) {
    line("warn", step, found);
  }

  void fail(String step, Failure failure) {
    fail(step, failure.code() + ": " + failure.detail(), failure.hint());
  }

  void fail(String step, String found, String hint) {
    failed = true;
    line("FAIL", step, found);
    out.println("       try: " + Printable.escape(hint));
    out.flush();
  }

  /** A line of its own, to be copied whole. */
  void line(String text) {
    out.println(Printable.escape(text));
    out.flush();
  }

  /** Whether any step failed. */
  boolean failed() {
    return failed;
  }

  private void line(String mark, String step, String found) {
    out.println("  %s %-11s %s".formatted(mark, step, Printable.escape(found)));
    out.flush();
  }
}
