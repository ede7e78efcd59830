package org.qstatmesh.probe.doctor;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.qstatmesh.probe.collect.DetectionStep;
import org.qstatmesh.probe.collect.Taking;
import org.qstatmesh.probe.command.CommandMissingException;
import org.qstatmesh.probe.command.CommandOutcome;
import org.qstatmesh.probe.command.CommandPath;
import org.qstatmesh.probe.command.Printable;
import org.qstatmesh.wire.Snapshot;

/** One collection, told to the administrator who must decide what to do. */
public final class Diagnosis {
  private static final int WIDTH = 100;

  private final Surroundings surroundings;
  private final Setting setting;
  private final CommandPath path;
  private final List<DetectionStep> steps;
  private final Taking taking;
  private final PrintWriter out;

  /**
   * How the probe was called.
   *
   * @param probeVersion of this jar
   * @param options those that a probe here needs too, each with a blank in front
   * @param limits what the machine's configuration keeps back, each as one phrase
   * @param minimumInterval shortest time between two collections
   */
  public record Setting(
      String probeVersion, String options, List<String> limits, Duration minimumInterval) {}

  /**
   * Prints nothing yet.
   *
   * @param steps how the scheduler was found; empty when it was named
   */
  public Diagnosis(
      Surroundings surroundings,
      Setting setting,
      CommandPath path,
      List<DetectionStep> steps,
      Taking taking,
      PrintWriter out) {
    this.surroundings = surroundings;
    this.setting = setting;
    this.path = path;
    this.steps = steps;
    this.taking = taking;
    this.out = out;
  }

  /** Prints all of it. */
  public void print() {
    out.println(
        "qstat-probe "
            + setting.probeVersion()
            + " on "
            + Printable.escape(surroundings.hostName())
            + " as user "
            + Printable.escape(surroundings.userName()));
    if (surroundings.userName().equals("root")) {
      say("A probe needs no rights. Run this as the user that the probe will run as.");
    }
    detection();
    if (taking.drms() != null) {
      commands();
    }
    remedies();
    if (taking.snapshot() != null) {
      sight(taking.snapshot());
      privacy();
      loginNode();
      heading("What to write where");
      new ServerSetup(surroundings, setting.options()).lines().forEach(out::println);
    }
    out.flush();
  }

  private void heading(String title) {
    out.println();
    out.println(title);
  }

  private void detection() {
    heading("Which scheduler is here?");
    say("Commands are looked for in " + Printable.escape(path.searched()) + ".");
    if (!steps.isEmpty() && !path.has("squeue")) {
      say("squeue is not there: no Slurm.");
    }
    for (DetectionStep step : steps) {
      CommandOutcome<String> asked = step.outcome();
      say(
          "asked: "
              + asked.command()
              + where(asked.command()).map(f -> "  (" + f + ")").orElse(""));
      say("       " + answer(asked));
      say("       So: " + step.conclusion() + ".");
    }
    if (taking.drms() == null) {
      say("No scheduler was found: " + Printable.escape(taking.error().message()) + ".");
      return;
    }
    if (steps.isEmpty()) {
      say("It was named with --drms; nobody was asked.");
    }
    Snapshot snapshot = taking.snapshot();
    say(
        snapshot == null
            ? "It is " + taking.drms() + ", and none of its commands succeeded."
            : "It is "
                + taking.drms()
                + known(", version ", snapshot.drmsVersion())
                + known(", server ", snapshot.serverName())
                + ".");
  }

  private static String answer(CommandOutcome<String> asked) {
    if (asked.success() && !asked.value().isBlank()) {
      return "it says: " + firstLine(asked.value());
    }
    if (!asked.complaint().isBlank()) {
      return "it fails: " + firstLine(asked.complaint());
    }
    return asked.success() ? "it says nothing" : Printable.escape(asked.error().message());
  }

  private static String known(String before, String text) {
    return text == null ? "" : before + Printable.escape(text);
  }

  private void commands() {
    heading("The commands of one collection");
    taking.outcomes().forEach(this::command);
    Duration all =
        taking.outcomes().stream().map(CommandOutcome::took).reduce(Duration.ZERO, Duration::plus);
    long bytes = taking.outcomes().stream().mapToLong(CommandOutcome::outputBytes).sum();
    say(
        String.format(
            Locale.ROOT,
            "Together %s and %d bytes. A probe that serves runs them one after another, at most every"
                + " %d s, less often when they are slow, and no more once nobody asked for a day.",
            seconds(all),
            bytes,
            setting.minimumInterval().toSeconds()));
  }

  private void command(CommandOutcome<?> outcome) {
    out.printf(
        Locale.ROOT,
        "  %-4s %-11s %9s %11d bytes%s%n",
        outcome.success() ? "ok" : "FAIL",
        outcome.collector(),
        seconds(outcome.took()),
        outcome.outputBytes(),
        records(outcome));
    say(
        "     "
            + outcome.command()
            + where(outcome.command()).map(f -> "  (" + f + ")").orElse(""));
    if (!outcome.success()) {
      say("     " + outcome.error().code() + ": " + message(outcome));
    } else if (!outcome.complaint().isBlank()) {
      say("     it also wrote to standard error: " + firstLine(outcome.complaint()));
    }
    if (outcome.problems() > 0) {
      say("     left out, because not understood: " + Counted.of(outcome.problems(), "record"));
      outcome.notes().forEach(note -> say("       " + Printable.escape(note)));
    }
  }

  /** The command stands one line above. */
  private static String message(CommandOutcome<?> outcome) {
    String message = Printable.escape(outcome.error().message());
    return message.startsWith(outcome.command() + " ")
        ? message.substring(outcome.command().length() + 1)
        : message;
  }

  private static String seconds(Duration took) {
    return String.format(Locale.ROOT, "%.2f s", took.toMillis() / 1e3);
  }

  private static String records(CommandOutcome<?> outcome) {
    if (outcome.value() instanceof List<?> list) {
      return ", " + Counted.of(list.size(), "record");
    }
    return outcome.value() instanceof Integer count ? ", " + Counted.of(count, "record") : "";
  }

  private void remedies() {
    List<String> advice =
        Remedies.of(
            taking.drms() == null && !steps.isEmpty()
                ? steps.stream().<CommandOutcome<?>>map(DetectionStep::outcome).toList()
                : taking.outcomes());
    if (!advice.isEmpty()) {
      heading("What to do");
      advice.forEach(this::say);
    }
    boolean answered = steps.stream().anyMatch(step -> step.outcome().exitCode() != null);
    if (taking.drms() == null && answered) {
      say("Where you know which scheduler it is, --drms NAME goes on from here.");
    }
  }

  private void sight(Snapshot snapshot) {
    heading("Whose jobs can it see?");
    VisibilityAdvice.lines(snapshot, taking.jobs(), surroundings.userName())
        .forEach(line -> say(Printable.escape(line)));
  }

  private void privacy() {
    heading("What leaves this machine?");
    say(
        "Of each job: id, owner, group, account, queue, state, sizes, times, nodes, name and reason.");
    say("Never: environment, script, arguments, paths, mail addresses.");
    if (setting.limits().isEmpty()) {
      say("Nothing of that is kept back; --config FILE can keep names, users and fields back.");
    } else {
      setting.limits().forEach(limit -> say("By --config: " + limit + "."));
    }
  }

  private void loginNode() {
    heading("Is this login node shared?");
    Integer others = surroundings.othersHere();
    if (others == null) {
      say("That cannot be seen here (/proc shows only one's own processes). Take it for shared.");
    } else if (others == 0) {
      say("Nobody else runs anything now. If others can log in, take it for shared.");
    } else {
      say("Yes: processes of " + Counted.of(others, "other user") + " are here now.");
    }
    say("On a shared one every user can reach a loopback port, take it before the probe does, or");
    say("forge answers. So: stdio, which opens no port; or tcp with CURVE keys at both ends.");
  }

  private void say(String line) {
    if (line.length() <= WIDTH || line.startsWith("     ")) {
      out.println("  " + line);
      return;
    }
    StringBuilder row = new StringBuilder();
    for (String word : line.split(" ")) {
      if (row.length() > 0 && row.length() + 1 + word.length() > WIDTH) {
        out.println("  " + row);
        row.setLength(0);
      }
      row.append(row.length() == 0 ? "" : " ").append(word);
    }
    out.println("  " + row);
  }

  /** The command's file; empty when there is none, which the outcome's error says already. */
  private Optional<Path> where(String command) {
    try {
      return Optional.of(path.find(command.split(" ", 2)[0]));
    } catch (CommandMissingException missing) {
      return Optional.empty();
    }
  }

  private static String firstLine(String text) {
    return Printable.escape(text.strip().lines().findFirst().orElse(""));
  }
}
