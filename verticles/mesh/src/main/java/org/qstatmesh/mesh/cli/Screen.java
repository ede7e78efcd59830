package org.qstatmesh.mesh.cli;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Shows one table after the other: in place on a terminal, as far as it is high and wide, else one
 * below the other. Control sequences are those of ECMA-48 that every terminal knows.
 */
final class Screen {
  private static final String HOME = "\u001b[H";
  private static final String CLEAR_LINE = "\u001b[K";
  private static final String CLEAR_BELOW = "\u001b[J";
  private static final Path OUTPUT = Path.of("/proc/self/fd/1");
  private static final File TERMINAL = new File("/dev/tty");
  private static final int USUAL_LINES = 24;
  private static final int USUAL_COLUMNS = 80;

  private record Size(int lines, int columns) {}

  private final PrintWriter out;
  private final boolean terminal;
  private boolean begun;

  Screen(PrintWriter out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** Whether the process writes to a terminal; later releases of Java no longer tell by console. */
  static boolean isTerminal() {
    try {
      String device = Files.readSymbolicLink(OUTPUT).toString();
      return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty");
    } catch (IOException e) {
      return false;
    }
  }

  /** A line for programs. */
  void line(String text) {
    out.println(text);
    out.flush();
  }

  void show(List<String> table) {
    if (terminal) {
      inPlace(table, size());
    } else {
      if (begun) {
        out.println();
      }
      table.forEach(out::println);
    }
    begun = true;
    out.flush();
  }

  /** Whether its reader, such as {@code head}, has enough. */
  boolean isClosed() {
    return out.checkError();
  }

  private void inPlace(List<String> table, Size size) {
    out.print(begun ? HOME : HOME + CLEAR_BELOW);
    boolean cut = table.size() > size.lines() - 1;
    int shown = cut ? Math.max(1, size.lines() - 2) : table.size();
    for (String line : table.subList(0, shown)) {
      out.print(fitting(line, size.columns()) + CLEAR_LINE + "\n");
    }
    if (cut) {
      String more = (table.size() - shown) + " lines more: a higher terminal shows them";
      out.print(fitting(more, size.columns()) + CLEAR_LINE + "\n");
    }
    out.print(CLEAR_BELOW);
  }

  private static String fitting(String line, int columns) {
    return line.length() <= columns ? line : line.substring(0, Math.max(0, columns - 1)) + "…";
  }

  /** Asked anew each time, because people resize; stty(1) is where a terminal is. */
  private static Size size() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(TERMINAL)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String[] said =
          new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
              .strip()
              .split(" ");
      if (stty.waitFor(1, TimeUnit.SECONDS) && said.length == 2) {
        int lines = Integer.parseInt(said[0]);
        int columns = Integer.parseInt(said[1]);
        if (lines > 2 && columns > 2) {
          return new Size(lines, columns);
        }
      }
    } catch (IOException | NumberFormatException e) {
      return new Size(USUAL_LINES, USUAL_COLUMNS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return new Size(USUAL_LINES, USUAL_COLUMNS);
  }
}
