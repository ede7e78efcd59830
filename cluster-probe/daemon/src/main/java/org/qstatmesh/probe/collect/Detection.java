package org.qstatmesh.probe.collect;

import java.io.IOException;
import java.io.Reader;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.qstatmesh.probe.command.CommandOutcome;
import org.qstatmesh.probe.command.CommandRunner;
import org.qstatmesh.probe.drms.Adapter;
import org.qstatmesh.probe.drms.DrmsChoice;
import org.qstatmesh.probe.drms.Listing;
import org.qstatmesh.probe.drms.Problems;
import org.qstatmesh.probe.openpbs.OpenPbsAdapter;
import org.qstatmesh.probe.torque.TorqueAdapter;
import org.qstatmesh.wire.ProbeError;
import org.qstatmesh.wire.ProbeErrorCode;

/**
 * Finds out which scheduler answers here. {@code qstat --version} does not ask the server: OpenPBS
 * prints {@code pbs_version = 23.06.06}, TORQUE {@code Version: 6.1.3} and its commit, older ones
 * on standard error.
 */
final class Detection {
  /** A command that asks nobody is quick, or something is wrong with it. */
  private static final Duration DEADLINE = Duration.ofSeconds(10);

  private static final int MAX_CHARACTERS = 4096;
  private static final Pattern OPENPBS = Pattern.compile("(?m)^\\s*pbs_version\\s*=");
  private static final Pattern TORQUE = Pattern.compile("(?mi)^\\s*version:\\s*\\d");
  private static final Listing<String> VERSION =
      new Listing<>("version", List.of("qstat", "--version"), Set.of(), Detection::firstText);

  /**
   * What was found.
   *
   * @param adapter null when nothing was
   * @param outcome of the command; null when none was needed
   * @param error why nothing was found; null with an adapter
   */
  record Found(Adapter adapter, CommandOutcome<String> outcome, ProbeError error) {}

  private final CommandRunner runner;
  private final DrmsChoice choice;
  private final boolean hideJobNames;

  Detection(CommandRunner runner, DrmsChoice choice, boolean hideJobNames) {
    this.runner = runner;
    this.choice = choice;
    this.hideJobNames = hideJobNames;
  }

  Found detect() {
    return switch (choice) {
      case TORQUE -> new Found(new TorqueAdapter(hideJobNames), null, null);
      case OPENPBS -> new Found(new OpenPbsAdapter(hideJobNames), null, null);
      case AUTO -> ask();
    };
  }

  private Found ask() {
    Duration deadline = runner.deadline().compareTo(DEADLINE) < 0 ? runner.deadline() : DEADLINE;
    CommandOutcome<String> outcome = runner.run(VERSION, deadline);
    boolean answered = outcome.exitCode() != null && outcome.exitCode() == 0;
    if (!answered) {
      return new Found(null, outcome, explained(outcome.error()));
    }
    String text = (outcome.success() ? outcome.value() : "") + "\n" + outcome.complaint();
    if (OPENPBS.matcher(text).find()) {
      return new Found(new OpenPbsAdapter(hideJobNames), outcome, null);
    }
    if (TORQUE.matcher(text).find()) {
      return new Found(new TorqueAdapter(hideJobNames), outcome, null);
    }
    return new Found(
        null,
        outcome,
        ProbeError.of(
            ProbeErrorCode.DRMS_UNPARSABLE,
            outcome.command() + " names neither OpenPBS nor TORQUE; say which with --drms"));
  }

  /** Where another scheduler's command is found, its absence of support is the answer. */
  private ProbeError explained(ProbeError error) {
    boolean missing = error.code().equals(ProbeErrorCode.DRMS_COMMAND_MISSING.name());
    Optional<String> other =
        runner.path().has("sinfo")
            ? Optional.of("Slurm")
            : Optional.of("Grid Engine").filter(x -> runner.path().has("qhost"));
    return missing && other.isPresent()
        ? new ProbeError(
            error.code(),
            error.message() + "; " + other.get() + " is here, which this version does not support")
        : error;
  }

  private static String firstText(Reader in, Problems problems) throws IOException {
    char[] buffer = new char[MAX_CHARACTERS];
    int length = 0;
    int read = in.read(buffer, 0, buffer.length);
    while (read > 0) {
      length += read;
      read = in.read(buffer, length, buffer.length - length);
    }
    return new String(buffer, 0, length);
  }
}
