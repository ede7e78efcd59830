package org.qstatmesh.probe;

import java.time.Duration;
import org.qstatmesh.probe.collect.BackfillOptions;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What to keep for a server that was away, as the command line has it. */
final class BackfillChoice {
  private static final int MAX_HOURS = 168;

  @Spec(Spec.Target.MIXEE)
  CommandSpec command;

  private int hours = (int) BackfillOptions.DEFAULT.keep().toHours();
  private int stepSeconds = (int) BackfillOptions.DEFAULT.step().toSeconds();

  @Option(
      names = "--backfill-hours",
      paramLabel = "H",
      description =
          "Keeps a summary a minute of the last H hours for a server that was away, and goes on"
              + " collecting that long after it was last asked; default 24, 0 for neither.")
  void setHours(int wanted) {
    hours = within(wanted, 0, MAX_HOURS, "--backfill-hours");
  }

  /** A minute is long for a test. */
  @Option(names = "--backfill-step", hidden = true)
  void setStepSeconds(int wanted) {
    stepSeconds = within(wanted, 1, 3_600, "--backfill-step");
  }

  private int within(int wanted, int least, int most, String option) {
    if (wanted < least || wanted > most) {
      throw new ParameterException(
          command.commandLine(), option + ": " + least + " to " + most + " are possible");
    }
    return wanted;
  }

  BackfillOptions options() {
    return new BackfillOptions(
        Duration.ofHours(hours),
        Duration.ofSeconds(stepSeconds),
        BackfillOptions.DEFAULT.maxBytes());
  }
}
