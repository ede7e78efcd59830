package org.qstatmesh.mesh.check;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.qstatmesh.bus.ClusterConfig;
import org.qstatmesh.bus.Failure;
import org.qstatmesh.bus.FailureCode;
import org.qstatmesh.poller.CurveKeyFile;
import org.qstatmesh.poller.ProbeCall;
import org.qstatmesh.wire.CollectorReport;
import org.qstatmesh.wire.Job;
import org.qstatmesh.wire.ProbeReply;
import org.qstatmesh.wire.ProbeRequest;
import org.qstatmesh.wire.Snapshot;
import org.qstatmesh.wire.Visibility;

/** Asks a probe for one snapshot and says what it shows and what it cost. */
final class ProbeCheck {
  /**
   * Beyond this the clocks of server and login node are worth a word; ages are right all the same.
   */
  private static final long CLOCK_TOLERANCE_MILLIS = 5_000;

  private final ClusterConfig cluster;
  private final StepPrinter steps;

  ProbeCheck(ClusterConfig cluster, StepPrinter steps) {
    this.cluster = cluster;
    this.steps = steps;
  }

  /**
   * Name of the scheduler's server, when there was a snapshot that says it.
   *
   * @param why knows more when nothing comes back
   */
  Optional<String> check(String endpoint, Supplier<Optional<Failure>> why) {
    try {
      return understand(ProbeCall.ask(cluster, endpoint, ProbeRequest.snapshot("check", null)));
    } catch (ProbeCall.CallFailed e) {
      Failure seen = ClusterCheck.failure(cluster, e.code(), e.getMessage());
      steps.fail("probe", e.code() == FailureCode.PROBE_TIMEOUT ? why.get().orElse(seen) : seen);
      adviseOnKeys(e.code());
      return Optional.empty();
    }
  }

  /** A probe that does not know our key keeps silent. */
  private void adviseOnKeys(FailureCode code) {
    if (cluster.curve() != null && code == FailureCode.PROBE_TIMEOUT) {
      try {
        steps.warn(
            "keys",
            "does the file of the probe's serve --curve list this key under \"clients\"? "
                + CurveKeyFile.publicKey(cluster.curve()));
        steps.warn("keys", "is this the publicKey in it? " + cluster.curve().serverKey());
      } catch (IOException e) {
        steps.warn("keys", e.getMessage());
      }
    }
  }

  private Optional<String> understand(ProbeCall.Answered answered) {
    if (answered.reply() instanceof ProbeReply.OfSnapshot reply) {
      Snapshot snapshot = reply.snapshot();
      steps.ok("probe", "version " + snapshot.probeVersion());
      steps.ok(
          "scheduler",
          snapshot.drms() + " " + snapshot.drmsVersion() + " on " + snapshot.serverName());
      collectors(snapshot);
      jobs(snapshot);
      nodes(snapshot);
      clock(snapshot);
      cost(snapshot, answered);
      return Optional.ofNullable(snapshot.serverName());
    }
    if (answered.reply() instanceof ProbeReply.Failed failed) {
      FailureCode code = FailureCode.ofProbe(failed.error().code());
      steps.fail("scheduler", ClusterCheck.failure(cluster, code, failed.error().message()));
    } else {
      steps.fail(
          "probe",
          ClusterCheck.failure(
              cluster, FailureCode.PROBE_PROTOCOL, "asked for a snapshot, got something else"));
    }
    return Optional.empty();
  }

  private void collectors(Snapshot snapshot) {
    for (CollectorReport report : snapshot.collectors()) {
      if (!report.success() && report.error() != null) {
        steps.fail(
            report.collector(),
            ClusterCheck.failure(
                cluster,
                FailureCode.ofProbe(report.error().code()),
                report.command() + ": " + report.error().message()));
      } else if (report.problems() > 0) {
        steps.warn(report.collector(), report.problems() + " records were not understood");
      }
    }
  }

  private void jobs(Snapshot snapshot) {
    if (snapshot.jobs() == null) {
      return;
    }
    long tasks = snapshot.jobs().stream().mapToLong(Job::taskCount).sum();
    long users = snapshot.jobs().stream().map(Job::jobOwner).distinct().count();
    String seen = tasks + " jobs of " + users + " users";
    if (snapshot.visibility() == Visibility.OWN) {
      steps.warn(
          "jobs",
          seen
              + "; the scheduler shows the probe only its own user's jobs: ask its administrators for query_other_jobs");
    } else {
      steps.ok("jobs", seen);
    }
  }

  private void nodes(Snapshot snapshot) {
    if (snapshot.nodes() != null) {
      List<Integer> slots =
          snapshot.nodes().stream().map(node -> node.slots() == null ? 0 : node.slots()).toList();
      int total = slots.stream().mapToInt(Integer::intValue).sum();
      steps.ok("nodes", slots.size() + " with " + total + " cores");
    }
  }

  private void clock(Snapshot snapshot) {
    long age = snapshot.ageMillis() == null ? 0 : snapshot.ageMillis();
    long offset = snapshot.takenAtEpochMillis() + age - System.currentTimeMillis();
    String said = String.format(Locale.ROOT, "%+.1f s against this host", offset / 1_000.0);
    if (Math.abs(offset) > CLOCK_TOLERANCE_MILLIS) {
      steps.warn("clock", said + "; ages stay right, but job times are off by that much");
    } else {
      steps.ok("clock", said);
    }
  }

  private void cost(Snapshot snapshot, ProbeCall.Answered answered) {
    double commands =
        snapshot.collectors().stream().mapToDouble(CollectorReport::durationSeconds).sum();
    steps.ok(
        "cost",
        String.format(
            Locale.ROOT,
            "a poll: %,d bytes in %,d ms; the scheduler's commands took %.2f s",
            answered.replyBytes(),
            answered.took().toMillis(),
            commands));
  }
}
