package org.qstatmesh.probe;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.qstatmesh.probe.collect.Taking;
import org.qstatmesh.probe.command.CommandMissingException;
import org.qstatmesh.probe.command.CommandOutcome;
import org.qstatmesh.probe.command.CommandPath;
import org.qstatmesh.probe.command.Printable;
import org.qstatmesh.wire.ProbeErrorCode;
import org.qstatmesh.wire.Snapshot;
import org.qstatmesh.wire.Visibility;

/** One taking, told to the administrator who must decide what to do. */
final class Diagnosis {
  private static final Map<String, String> REMEDIES =
      Map.of(
          ProbeErrorCode.DRMS_COMMAND_MISSING.name(),
          "Run the probe where the scheduler's commands work, as a user who may run them, or name"
              + " their folder with --command-path DIR.",
          ProbeErrorCode.DRMS_COMMAND_FAILED.name(),
          "Run the command by hand as the probe's user. 'Connection refused' and 'Unable to contact"
              + " slurm controller' mean that the scheduler's server is down or that this host talks"
              + " to the wrong one; where 'Munge' is named, munged does not run on this host.",
          ProbeErrorCode.DRMS_TIMEOUT.name(),
          "The scheduler's server does not answer. Its clients wait for ever; the probe killed this"
              + " one. Look at the server.",
          ProbeErrorCode.DRMS_UNPARSABLE.name(),
          "This version of the probe does not understand this output. If --drms names the right"
              + " scheduler, report its version and the first lines of the output.");

  private final CommandPath path;
  private final Taking taking;

  Diagnosis(CommandPath path, Taking taking) {
    this.path = path;
    this.taking = taking;
  }

  /** Prints it and returns the exit code. */
  int print(PrintWriter out) {
    out.println("qstat-probe " + Probe.version());
    out.println("user        " + Printable.escape(System.getProperty("user.name")));
    out.println("looked in   " + Printable.escape(path.searched()));
    printScheduler(out);
    out.println();
    taking.outcomes().forEach(outcome -> printOutcome(out, outcome));
    List<String> advice =
        taking.outcomes().stream()
            .filter(outcome -> !outcome.success())
            .map(outcome -> REMEDIES.get(outcome.error().code()))
            .distinct()
            .toList();
    if (!advice.isEmpty()) {
      out.println();
      advice.forEach(line -> out.println("What to do: " + line));
    }
    out.flush();
    if (taking.drms() == null) {
      return ExitCode.UNAVAILABLE;
    }
    return taking.complete() ? ExitCode.OK : ExitCode.FAILED;
  }

  private void printScheduler(PrintWriter out) {
    if (taking.drms() == null) {
      out.println("scheduler   not found: " + Printable.escape(taking.error().message()));
      return;
    }
    Snapshot snapshot = taking.snapshot();
    if (snapshot == null) {
      out.println("scheduler   " + taking.drms() + ", none of its commands succeeded");
      return;
    }
    out.println("scheduler   " + taking.drms() + " " + known(snapshot.drmsVersion()));
    out.println("server      " + known(snapshot.serverName()));
    out.println("sees        " + sight(snapshot));
  }

  private static String known(String text) {
    return text == null ? "(unknown)" : Printable.escape(text);
  }

  private String sight(Snapshot snapshot) {
    String whose =
        switch (snapshot.visibility()) {
          case ALL -> "everybody's jobs";
          case OWN ->
              "only the jobs of this user: ask the scheduler's administrator for read access";
          case UNKNOWN -> "jobs of whom, the scheduler does not say";
        };
    if (taking.jobs() == null) {
      return whose;
    }
    int owners = taking.jobs().owners();
    boolean oneOnly = snapshot.visibility() == Visibility.UNKNOWN && owners == 1;
    return whose
        + String.format(
            Locale.ROOT, " (%d job records of %d users now)", taking.jobs().records(), owners)
        + (oneOnly ? "; all of one user: perhaps others' are hidden" : "");
  }

  private void printOutcome(PrintWriter out, CommandOutcome<?> outcome) {
    out.printf(
        Locale.ROOT,
        "%-4s %-11s %-26s %7.2f s %10d bytes%s%n",
        outcome.success() ? "ok" : "FAIL",
        outcome.collector(),
        outcome.command(),
        outcome.took().toMillis() / 1e3,
        outcome.outputBytes(),
        records(outcome));
    where(outcome.command()).ifPresent(file -> out.println("     " + file));
    if (!outcome.success()) {
      out.println(
          "     " + outcome.error().code() + ": " + Printable.escape(outcome.error().message()));
    } else if (!outcome.complaint().isBlank()) {
      out.println("     it also wrote to standard error: " + firstLine(outcome.complaint()));
    }
    if (outcome.problems() > 0) {
      out.println("     " + outcome.problems() + " records were not understood and left out:");
      outcome.notes().forEach(note -> out.println("       " + Printable.escape(note)));
    }
  }

  private static String records(CommandOutcome<?> outcome) {
    if (outcome.value() instanceof Integer count) {
      return "  " + count + " records";
    }
    return outcome.value() instanceof List<?> list ? "  " + list.size() + " records" : "";
  }

  /** The command's file; empty when there is none, which the outcome's error says already. */
  private Optional<Path> where(String command) {
    try {
      return Optional.of(path.find(command.split(" ", 2)[0]));
    } catch (CommandMissingException missing) {
      return Optional.empty();
    }
  }

  private static String firstLine(String complaint) {
    return Printable.escape(complaint.strip().lines().findFirst().orElse(""));
  }
}
