package org.qstatmesh.it.bench.listings;

import static org.qstatmesh.it.bench.listings.Words.NOW;

/** A line of {@code squeue -o} with the fields that the probe asks for. */
final class SlurmForm {
  private static final String[] REASONS = {
    "Priority", "Resources", "QOSMaxJobsPerUserLimit", "AssocGrpCpuLimit"
  };

  private final String mark;

  SlurmForm(String mark) {
    this.mark = mark;
  }

  void append(StringBuilder out, GeneratedJob job) {
    boolean running = job.isRunning();
    int number = job.number();
    out.append(number).append('|').append(number).append('|').append(number).append("|N/A|");
    out.append(job.owner()).append('|').append(job.group()).append('|').append(job.account());
    out.append('|').append(job.queue()).append("|normal|");
    out.append(running ? "RUNNING|R" : "PENDING|PD").append('|').append(reason(job)).append('|');
    out.append(job.cores()).append('|').append(job.nodes()).append("|4G|");
    length(out, job.wallclockLimitSeconds()).append('|');
    length(out, job.wallclockLimitSeconds() - job.ranSeconds()).append('|');
    length(out, job.ranSeconds()).append('|');
    time(out, job.submittedAt(NOW)).append('|');
    if (running) {
      time(out, job.startedAt(NOW)).append('|');
      time(out, job.startedAt(NOW) + job.wallclockLimitSeconds()).append('|');
    } else {
      out.append("N/A|N/A|");
    }
    out.append(1_000 + job.kind()).append("|N/A|");
    if (running) {
      nodes(out, job);
      Words.node(out.append('|'), job.firstNode()).append('|');
    } else {
      out.append("|n/a|");
    }
    out.append(job.name()).append('\n');
  }

  private static String reason(GeneratedJob job) {
    return switch (job.state()) {
      case RUNNING -> "None";
      case HELD -> "JobHeldUser";
      case QUEUED -> REASONS[job.kind() % REASONS.length];
    };
  }

  private StringBuilder time(StringBuilder out, long epochSeconds) {
    return mark.isEmpty()
        ? out.append(Words.isoTime(epochSeconds))
        : out.append(epochSeconds).append(mark);
  }

  /** {@code 4-11:05:09}, {@code 5:09}. */
  private static StringBuilder length(StringBuilder out, int seconds) {
    int hours = seconds / 3_600;
    if (hours >= 24) {
      Words.two(out.append(hours / 24).append('-'), hours % 24).append(':');
    } else if (hours > 0) {
      out.append(hours).append(':');
    }
    if (hours > 0) {
      Words.two(out, seconds / 60 % 60);
    } else {
      out.append(seconds / 60);
    }
    return Words.two(out.append(':'), seconds % 60);
  }

  private static void nodes(StringBuilder out, GeneratedJob job) {
    if (job.nodes() == 1) {
      Words.node(out, job.firstNode());
      return;
    }
    out.append("n[").append(Integer.toString(10_000 + job.firstNode()), 1, 5).append('-');
    out.append(Integer.toString(10_000 + job.firstNode() + job.nodes() - 1), 1, 5).append(']');
  }
}
