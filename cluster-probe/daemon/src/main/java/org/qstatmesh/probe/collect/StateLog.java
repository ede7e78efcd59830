package org.qstatmesh.probe.collect;

import static java.util.stream.Collectors.joining;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.qstatmesh.probe.command.CommandOutcome;
import org.qstatmesh.probe.command.Printable;

/** One line of log when what fails changes, and none while it stays. One thread. */
final class StateLog {
  private static final Logger LOG = System.getLogger(StateLog.class.getName());

  private String lastState = "";

  void note(Taking taking) {
    String state =
        taking.drms()
            + taking.outcomes().stream()
                .filter(outcome -> !outcome.success())
                .map(outcome -> " " + outcome.collector() + " " + outcome.error().code())
                .collect(joining());
    if (state.equals(lastState)) {
      return;
    }
    lastState = state;
    if (taking.error() != null) {
      LOG.log(Level.WARNING, "no snapshot: " + Printable.escape(taking.error().message()));
    } else if (!taking.complete()) {
      LOG.log(Level.WARNING, "part of the snapshot is missing: " + complaints(taking));
    } else {
      LOG.log(Level.INFO, "collecting from " + taking.drms() + ": every command succeeds");
    }
  }

  private static String complaints(Taking taking) {
    return taking.outcomes().stream()
        .filter(outcome -> !outcome.success())
        .map(StateLog::complaint)
        .collect(joining("; "));
  }

  private static String complaint(CommandOutcome<?> outcome) {
    return outcome.collector() + ": " + Printable.escape(outcome.error().message());
  }
}
