package org.qstatmesh.probe.collect;

import java.io.IOException;
import java.io.Reader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.qstatmesh.probe.command.CommandOutcome;
import org.qstatmesh.probe.command.CommandRunner;
import org.qstatmesh.probe.drms.Adapter;
import org.qstatmesh.probe.drms.DrmsChoice;
import org.qstatmesh.probe.drms.Listing;
import org.qstatmesh.probe.drms.Problems;
import org.qstatmesh.probe.gridengine.GridEngineAdapter;
import org.qstatmesh.probe.gridengine.HelpText;
import org.qstatmesh.probe.maui.Maui;
import org.qstatmesh.probe.openpbs.OpenPbsAdapter;
import org.qstatmesh.probe.slurm.SlurmAdapter;
import org.qstatmesh.probe.torque.TorqueAdapter;
import org.qstatmesh.wire.ProbeError;
import org.qstatmesh.wire.ProbeErrorCode;

/**
 * Finds out which scheduler answers here. {@code qstat --version} does not ask the server: OpenPBS
 * prints {@code pbs_version = 23.06.06}, TORQUE {@code Version: 6.1.3} and its commit, older ones
 * on standard error. {@code squeue --version} prints {@code slurm 23.11.4} or {@code slurm-wlm
 * 22.05.8}, and fails where Slurm's commands are installed without a configuration. Slurm's own
 * wrapper named qstat knows no {@code --version}, and neither does Grid Engine's qstat, whose
 * {@code -help} begins with its name and version.
 */
final class Detection {
  /** A command that asks nobody is quick, or something is wrong with it. */
  private static final Duration DEADLINE = Duration.ofSeconds(10);

  private static final int MAX_CHARACTERS = 4096;
  private static final Pattern OPENPBS = Pattern.compile("(?m)^\\s*pbs_version\\s*=");
  private static final Pattern TORQUE = Pattern.compile("(?mi)^\\s*version:\\s*\\d");
  private static final Pattern SLURM = Pattern.compile("(?m)^slurm\\S*\\s+\\d");
  private static final Listing<String> VERSION = version("qstat");
  private static final Listing<String> SQUEUE_VERSION = version("squeue");
  private static final Listing<String> HELP =
      new Listing<>("version", List.of("qstat", "-help"), Set.of(), Detection::firstText);

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
  private final List<DetectionStep> steps = new ArrayList<>();

  Detection(CommandRunner runner, DrmsChoice choice, boolean hideJobNames) {
    this.runner = runner;
    this.choice = choice;
    this.hideJobNames = hideJobNames;
  }

  /** What was asked the last time, in order. */
  List<DetectionStep> steps() {
    return List.copyOf(steps);
  }

  Found detect() {
    steps.clear();
    return switch (choice) {
      case TORQUE -> new Found(torque(), null, null);
      case OPENPBS -> new Found(new OpenPbsAdapter(hideJobNames), null, null);
      case SLURM -> new Found(new SlurmAdapter(hideJobNames), null, null);
      case GRIDENGINE -> new Found(new GridEngineAdapter(hideJobNames), null, null);
      case AUTO -> runner.path().has("squeue") ? askSlurmFirst() : ask();
    };
  }

  private TorqueAdapter torque() {
    return new TorqueAdapter(hideJobNames, Maui.commands().stream().allMatch(runner.path()::has));
  }

  /** With both squeue and qstat here, qstat is Slurm's wrapper or that of a second scheduler. */
  private Found askSlurmFirst() {
    CommandOutcome<String> outcome = run(SQUEUE_VERSION);
    boolean slurm = answered(outcome) && SLURM.matcher(text(outcome)).find();
    conclude(outcome, slurm ? "Slurm" : "not a Slurm that works");
    Found other = runner.path().has("qstat") ? ask() : null;
    if (other == null || other.adapter() == null) {
      return slurm
          ? new Found(new SlurmAdapter(hideJobNames), outcome, null)
          : new Found(null, outcome, refusal(outcome));
    }
    return slurm
        ? new Found(
            null,
            outcome,
            ProbeError.of(
                ProbeErrorCode.DRMS_UNPARSABLE,
                "both slurm and " + other.adapter().drms() + " are here; say which with --drms"))
        : other;
  }

  private static ProbeError refusal(CommandOutcome<String> outcome) {
    return outcome.error() != null
        ? outcome.error()
        : ProbeError.of(
            ProbeErrorCode.DRMS_UNPARSABLE,
            outcome.command() + " does not name Slurm; say which scheduler with --drms");
  }

  private void conclude(CommandOutcome<String> outcome, String conclusion) {
    steps.add(new DetectionStep(outcome, conclusion));
  }

  private CommandOutcome<String> run(Listing<String> version) {
    Duration deadline = runner.deadline().compareTo(DEADLINE) < 0 ? runner.deadline() : DEADLINE;
    return runner.run(version, deadline);
  }

  private static boolean answered(CommandOutcome<String> outcome) {
    return outcome.exitCode() != null && outcome.exitCode() == 0;
  }

  private static String text(CommandOutcome<String> outcome) {
    return (outcome.success() ? outcome.value() : "") + "\n" + outcome.complaint();
  }

  private static Listing<String> version(String command) {
    return new Listing<>("version", List.of(command, "--version"), Set.of(), Detection::firstText);
  }

  private Found ask() {
    CommandOutcome<String> outcome = run(VERSION);
    if (answered(outcome) && OPENPBS.matcher(text(outcome)).find()) {
      conclude(outcome, "OpenPBS");
      return new Found(new OpenPbsAdapter(hideJobNames), outcome, null);
    }
    if (answered(outcome) && TORQUE.matcher(text(outcome)).find()) {
      conclude(outcome, "TORQUE");
      return new Found(torque(), outcome, null);
    }
    conclude(outcome, "neither OpenPBS nor TORQUE");
    // only Grid Engine has a qhost beside its qstat
    if (outcome.exitCode() != null && runner.path().has("qhost")) {
      CommandOutcome<String> help = run(HELP);
      boolean gridEngine = HelpText.isGridEngine(text(help));
      conclude(help, gridEngine ? "Grid Engine" : "not Grid Engine");
      if (gridEngine) {
        return new Found(new GridEngineAdapter(hideJobNames), help, null);
      }
    }
    return new Found(
        null,
        outcome,
        answered(outcome)
            ? ProbeError.of(
                ProbeErrorCode.DRMS_UNPARSABLE,
                outcome.command() + " names no scheduler known here; say which with --drms")
            : outcome.error());
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
