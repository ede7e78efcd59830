package org.qstatmesh.probe;

import java.time.temporal.ChronoUnit;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.qstatmesh.probe.command.Printable;

/** Log lines on standard error: time in UTC, level, text; one line each, whatever is in it. */
final class LogLines extends Formatter {
  private LogLines() {}

  /** Replaces the JDK's two-line form. */
  static void install() {
    Logger root = Logger.getLogger("");
    for (Handler handler : root.getHandlers()) {
      root.removeHandler(handler);
    }
    Handler console = new ConsoleHandler();
    console.setFormatter(new LogLines());
    console.setLevel(Level.INFO);
    root.addHandler(console);
  }

  @Override
  public String format(LogRecord line) {
    Throwable thrown = line.getThrown();
    String text = formatMessage(line) + (thrown == null ? "" : ": " + thrown);
    return line.getInstant().truncatedTo(ChronoUnit.MILLIS)
        + " "
        + line.getLevel().getName()
        + " "
        + Printable.escape(text)
        + System.lineSeparator();
  }
}
