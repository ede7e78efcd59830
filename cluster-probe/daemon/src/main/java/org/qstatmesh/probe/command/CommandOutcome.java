package org.qstatmesh.probe.command;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.qstatmesh.wire.CollectorReport;
import org.qstatmesh.wire.ProbeError;
import org.qstatmesh.wire.ProbeErrorCode;

/**
 * What became of one run.
 *
 * @param collector of the listing
 * @param command the command line as it was asked for, safe to print
 * @param value what the parser made of the output; null when {@code error} is not
 * @param error why there is no value; null when there is one
 * @param took from start to end, the parser's time included
 * @param outputBytes length of standard output
 * @param exitCode of the command, 128 + n after signal n; null when it did not run or was killed
 * @param problems records that the parser left out
 * @param notes the first few problems
 * @param complaint what the command wrote to standard error, as it came; empty for nothing
 * @param <T> what is listed
 */
public record CommandOutcome<T>(
    String collector,
    String command,
    T value,
    ProbeError error,
    Duration took,
    long outputBytes,
    Integer exitCode,
    int problems,
    List<String> notes,
    String complaint) {

  /** Whether there is a value. */
  public boolean success() {
    return error == null;
  }

  /** The same with one problem more. */
  public CommandOutcome<T> withProblem(String note) {
    List<String> more = Stream.concat(notes.stream(), Stream.of(note)).toList();
    return new CommandOutcome<>(
        collector,
        command,
        value,
        error,
        took,
        outputBytes,
        exitCode,
        problems + 1,
        more,
        complaint);
  }

  /** Whether it is a failure of this kind. */
  public boolean failedWith(ProbeErrorCode code) {
    return error != null && error.code().equals(code.name());
  }

  /** The same for the snapshot's reader. */
  public CollectorReport report() {
    double seconds = Math.round(took.toNanos() / 1e6) / 1e3;
    return new CollectorReport(
        collector, command, success(), seconds, outputBytes, problems, error);
  }
}
