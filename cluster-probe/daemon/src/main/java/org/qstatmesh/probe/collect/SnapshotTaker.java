package org.qstatmesh.probe.collect;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.qstatmesh.probe.command.CommandOutcome;
import org.qstatmesh.probe.command.CommandRunner;
import org.qstatmesh.probe.drms.Adapter;
import org.qstatmesh.probe.drms.DrmsChoice;
import org.qstatmesh.probe.drms.Listing;
import org.qstatmesh.probe.drms.ServerFacts;
import org.qstatmesh.probe.drms.Supplement;
import org.qstatmesh.wire.CollectorReport;
import org.qstatmesh.wire.Job;
import org.qstatmesh.wire.Node;
import org.qstatmesh.wire.ProbeErrorCode;
import org.qstatmesh.wire.Queue;
import org.qstatmesh.wire.Snapshot;
import org.qstatmesh.wire.Visibility;

/**
 * Takes one snapshot after another: detection until it succeeded once, then server, jobs, nodes and
 * queues, one command at a time. {@link #take()} belongs to one thread.
 */
public final class SnapshotTaker {
  /**
   * By what the deadline is divided for the commands after one that did not end in time. A hung PBS
   * server lets its clients wait for ever, each of them; four whole deadlines would hide the
   * failure for minutes.
   */
  private static final int DIVISOR_AFTER_TIMEOUT = 6;

  private final CommandRunner runner;
  private final Detection detection;
  private final TakerOptions options;
  private final Pace pace;
  private final String bootId = String.format("%04x", new SecureRandom().nextInt(1 << 16));
  private int taken;
  private volatile Adapter adapter;

  /** Runs nothing yet. */
  public SnapshotTaker(CommandRunner runner, DrmsChoice choice, TakerOptions options) {
    this.runner = runner;
    this.detection = new Detection(runner, choice, options.hideJobNames());
    this.options = options;
    this.pace = new Pace(options.minimumInterval());
  }

  /** The scheduler's adapter once it was found. Any thread. */
  public Optional<Adapter> adapter() {
    return Optional.ofNullable(adapter);
  }

  /** Shortest time between two starts of one command. */
  public Duration minimumInterval() {
    return options.minimumInterval();
  }

  /** Version of the probe. */
  public String probeVersion() {
    return options.probeVersion();
  }

  /** Lets a collection under way end early. Any thread. */
  public void stop() {
    pace.stop();
  }

  /** Runs the commands; blocks until they ended or were killed. */
  public Taking take() throws InterruptedException {
    long beganNanos = System.nanoTime();
    long beganMillis = System.currentTimeMillis();
    List<CommandOutcome<?>> outcomes = new ArrayList<>();
    if (adapter == null) {
      Detection.Found found = detection.detect();
      if (found.adapter() == null) {
        return new Taking(null, List.of(found.outcome()), null, found.error(), beganNanos);
      }
      adapter = found.adapter();
    }
    Adapter known = adapter;
    CommandOutcome<ServerFacts> server = run(known.server(), outcomes);
    CommandOutcome<List<Job>> jobs = run(known.jobs(), outcomes);
    List<Job> jobRecords = supplemented(jobs.value(), known.jobSupplement(), outcomes);
    CommandOutcome<List<Node>> nodes = run(known.nodes(), outcomes);
    List<Node> nodeRecords = supplemented(nodes.value(), known.nodeSupplement(), outcomes);
    CommandOutcome<List<Queue>> queues = run(known.queues(), outcomes);
    if (!jobs.success() && !nodes.success() && !queues.success()) {
      // The jobs are what a row is for: their failure speaks for all. What the server said of
      // itself is no picture, and some commands say it without asking the server.
      return new Taking(known.drms(), outcomes, null, jobs.error(), beganNanos);
    }
    ServerFacts facts =
        server.success() ? server.value() : new ServerFacts(null, null, Visibility.UNKNOWN);
    taken++;
    Snapshot snapshot =
        new Snapshot(
            null,
            known.drms(),
            facts.version(),
            facts.serverName(),
            facts.visibility(),
            bootId + "-" + taken,
            beganMillis,
            null,
            options.probeVersion(),
            Math.toIntExact(options.minimumInterval().toSeconds()),
            reports(outcomes),
            jobRecords,
            nodeRecords,
            queues.value());
    return new Taking(known.drms(), outcomes, snapshot, null, beganNanos);
  }

  /** A supplement that fails takes nothing away: the records stay as the first command has them. */
  private <R> R supplemented(
      R records, Optional<Supplement<R, ?>> supplement, List<CommandOutcome<?>> outcomes)
      throws InterruptedException {
    return records == null || supplement.isEmpty()
        ? records
        : with(records, supplement.get(), outcomes);
  }

  private <R, S> R with(R records, Supplement<R, S> supplement, List<CommandOutcome<?>> outcomes)
      throws InterruptedException {
    CommandOutcome<S> more = run(supplement.listing(), outcomes);
    return more.success() ? supplement.join().apply(records, more.value()) : records;
  }

  private <T> CommandOutcome<T> run(Listing<T> listing, List<CommandOutcome<?>> before)
      throws InterruptedException {
    if (!pace.awaitTurn(listing.collector())) {
      throw new InterruptedException("the probe is stopping");
    }
    boolean hung =
        before.stream()
            .anyMatch(
                o -> !o.success() && o.error().code().equals(ProbeErrorCode.DRMS_TIMEOUT.name()));
    Duration deadline =
        hung ? runner.deadline().dividedBy(DIVISOR_AFTER_TIMEOUT) : runner.deadline();
    CommandOutcome<T> outcome = runner.run(listing, deadline);
    before.add(outcome);
    return outcome;
  }

  private static List<CollectorReport> reports(List<CommandOutcome<?>> outcomes) {
    return outcomes.stream().map(CommandOutcome::report).toList();
  }
}
