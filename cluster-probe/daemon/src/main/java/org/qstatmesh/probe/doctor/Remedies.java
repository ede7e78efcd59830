package org.qstatmesh.probe.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.qstatmesh.probe.command.CommandOutcome;
import org.qstatmesh.wire.ProbeError;
import org.qstatmesh.wire.ProbeErrorCode;

/** What to do about a command that failed, from what the schedulers' commands say then. */
final class Remedies {
  private static final String BY_HAND =
      "Run the command by hand as the probe's user and see what it says.";

  private Remedies() {}

  /** One piece of advice for each kind of failure among these. */
  static List<String> of(List<CommandOutcome<?>> outcomes) {
    List<String> advice = new ArrayList<>();
    for (CommandOutcome<?> outcome : outcomes) {
      if (!outcome.success()) {
        String remedy = remedy(outcome.error(), outcome.complaint());
        if (!advice.contains(remedy)) {
          advice.add(remedy);
        }
      }
    }
    if (advice.size() > 1) {
      advice.remove(BY_HAND); // one of the others explains it
    }
    return advice;
  }

  private static String remedy(ProbeError error, String complaint) {
    String said = (error.message() + " " + complaint).toLowerCase(Locale.ROOT);
    return switch (ProbeErrorCode.valueOf(error.code())) {
      case DRMS_COMMAND_MISSING -> missing(said);
      case DRMS_COMMAND_FAILED -> failed(said);
      case DRMS_TIMEOUT ->
          "The scheduler's server does not answer, and its commands wait for it without end; the"
              + " probe killed this one. Look at the server; the probe goes on by itself.";
      default ->
          "This version of the probe does not understand this output. If --drms names the right"
              + " scheduler, report its version and the first lines of the output.";
    };
  }

  private static String missing(String said) {
    return said.contains("may not be executed") || said.contains("exited with 126")
        ? "The command is here and this user may not run it. Ask whoever runs the login node which"
            + " group may (ls -l shows it), and add the probe's user to that group."
        : "Run the probe where the scheduler's commands work, on a login node. If they are in a"
            + " folder of their own ('type -a qstat squeue' as a user for whom they work says"
            + " which), name it with --command-path DIR.";
  }

  private static String failed(String said) {
    if (said.contains("munge")) {
      return "munge is what authenticates users here. Is munged running on this host, and is its key"
          + " the server's? 'munge -n | unmunge' shows it.";
    }
    if (said.contains("pbs_iff") || said.contains("unable to authenticate")) {
      return "The scheduler does not accept who this user says to be. pbs_iff must be setuid root"
          + " and must be allowed to be: a unit with NoNewPrivileges=yes takes that away, and the"
          + " drop-in qstat-probe-openpbs.conf gives it back.";
    }
    if (said.contains("permission denied") || said.contains("unauthorized request")) {
      return "The scheduler refuses this user. Ask its administrator for what an ordinary user may"
          + " see; the probe needs no more.";
    }
    if (said.contains("invalid option") || said.contains("unrecognized option")) {
      return "The command does not know these options. Does --drms name the right scheduler?";
    }
    if (said.contains("refused")
        || said.contains("contact")
        || said.contains("connect")
        || said.contains("resolve")) {
      return "The command cannot reach the scheduler's server: the server is down, or this host"
          + " asks the wrong one (PBS_DEFAULT, /etc/pbs.conf, SLURM_CONF, SGE_ROOT and"
          + " act_qmaster say which). The probe goes on trying by itself.";
    }
    return BY_HAND;
  }
}
