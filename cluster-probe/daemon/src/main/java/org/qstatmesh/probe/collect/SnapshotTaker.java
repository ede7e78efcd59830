package org.qstatmesh.probe.collect;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.qstatmesh.probe.command.CommandOutcome;
import org.qstatmesh.probe.command.CommandRunner;
import org.qstatmesh.probe.command.CpuUse;
import org.qstatmesh.probe.drms.Adapter;
import org.qstatmesh.probe.drms.DrmsChoice;
import org.qstatmesh.probe.drms.ServerFacts;
import org.qstatmesh.wire.Cost;
import org.qstatmesh.wire.EncodedRecords;
import org.qstatmesh.wire.EncodedSnapshot;
import org.qstatmesh.wire.Job;
import org.qstatmesh.wire.Node;
import org.qstatmesh.wire.Queue;
import org.qstatmesh.wire.Snapshot;
import org.qstatmesh.wire.Summary;
import org.qstatmesh.wire.Visibility;
import org.qstatmesh.wire.WireCodec;
import org.qstatmesh.wire.summary.Summaries;

/**
 * Takes one snapshot after another: detection until it succeeded once, then server, jobs, nodes and
 * queues, one command at a time. {@link #take()} belongs to one thread.
 */
public final class SnapshotTaker {
  private final CommandRunner runner;
  private final Detection detection;
  private final TakerOptions options;
  private final PoliteInterval interval;
  private final Pace pace;
  private final UnaryOperator<Job> redaction;
  private final String bootId = String.format("%04x", new SecureRandom().nextInt(1 << 16));
  private int taken;
  private volatile Adapter adapter;

  /** Runs nothing yet; nothing of a job is kept back. */
  public SnapshotTaker(CommandRunner runner, DrmsChoice choice, TakerOptions options) {
    this(runner, choice, options, UnaryOperator.identity());
  }

  /**
   * Runs nothing yet.
   *
   * @param redaction what every job passes through before it is kept anywhere; pure
   */
  public SnapshotTaker(
      CommandRunner runner, DrmsChoice choice, TakerOptions options, UnaryOperator<Job> redaction) {
    this.runner = runner;
    this.detection = new Detection(runner, choice, options.hideJobNames());
    this.options = options;
    this.interval = new PoliteInterval(options.minimumInterval());
    this.pace = new Pace(interval);
    this.redaction = redaction;
  }

  /**
   * What was asked to find out which scheduler is here; empty when that was said. The thread of
   * {@link #take()}.
   */
  public List<DetectionStep> detectionSteps() {
    return detection.steps();
  }

  /** The scheduler's adapter once it was found. Any thread. */
  public Optional<Adapter> adapter() {
    return Optional.ofNullable(adapter);
  }

  /**
   * Shortest time between two starts of one command: as configured, longer while the scheduler is
   * slow. Any thread.
   */
  public Duration minimumInterval() {
    return interval.current();
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
    return take(false);
  }

  /**
   * Runs the commands.
   *
   * @param summed whether what they show is counted, too
   */
  Taking take(boolean summed) throws InterruptedException {
    long beganNanos = System.nanoTime();
    long beganMillis = System.currentTimeMillis();
    Optional<CpuUse> cpuBefore = CpuUse.now();
    if (adapter == null) {
      Detection.Found found = detection.detect();
      if (found.adapter() == null) {
        return Taking.nothing(null, List.of(found.outcome()), found.error(), beganNanos);
      }
      adapter = found.adapter();
    }
    Adapter known = adapter;
    Round round = new Round(runner, pace);
    CommandOutcome<ServerFacts> server = round.run(known.server());
    UnaryOperator<Job> completion = round.details(known).andThen(redaction)::apply;
    JobsTaken jobs =
        MissingJobs.counted(round, known, server, JobsTaken.in(round, known, completion, summed));
    CommandOutcome<List<Node>> nodes = round.run(known.nodes());
    List<Node> nodeRecords = round.supplemented(nodes.value(), known.nodeSupplement());
    CommandOutcome<List<Queue>> queues = round.run(known.queues());
    boolean nothing = !jobs.success() && !nodes.success() && !queues.success();
    interval.ended(round.took(), nothing);
    if (nothing) {
      // The jobs are what a row is for: their failure speaks for all. What the server said of
      // itself is no picture, and some commands say it without asking the server.
      return Taking.nothing(known.drms(), round.reported(), jobs.outcome().error(), beganNanos);
    }
    EncodedRecords<Node> encodedNodes = encoded(nodeRecords, EncodedRecords.ofNodes());
    EncodedRecords<Queue> encodedQueues = encoded(queues.value(), EncodedRecords.ofQueues());
    Cost cost = cost(round.outputBytes(), cpuBefore);
    Snapshot head = head(known, server, round.reported(), beganMillis, cost);
    EncodedSnapshot picture =
        WireCodec.encodeSnapshot(head, jobs.encoded(), encodedNodes, encodedQueues);
    Summary summary = summed ? Summaries.of(jobs.tally(), nodeRecords, queues.value()) : null;
    return new Taking(
        known.drms(), round.reported(), head, picture, jobs.census(), summary, null, beganNanos);
  }

  private static <T> EncodedRecords<T> encoded(List<T> records, EncodedRecords<T> empty) {
    return records == null ? null : empty.addAll(records);
  }

  private Snapshot head(
      Adapter known,
      CommandOutcome<ServerFacts> server,
      List<CommandOutcome<?>> outcomes,
      long beganMillis,
      Cost cost) {
    ServerFacts facts =
        server.success() ? server.value() : new ServerFacts(null, null, Visibility.UNKNOWN);
    taken++;
    return new Snapshot(
        null,
        known.drms(),
        facts.version(),
        facts.serverName(),
        facts.visibility(),
        bootId + "-" + taken,
        null,
        beganMillis,
        null,
        options.probeVersion(),
        Math.toIntExact(interval.current().toSeconds()),
        cost,
        outcomes.stream().map(CommandOutcome::report).toList(),
        null,
        null,
        null);
  }

  private static Cost cost(long bytes, Optional<CpuUse> before) {
    Optional<CpuUse> used = before.flatMap(earlier -> CpuUse.now().map(now -> now.since(earlier)));
    return new Cost(
        used.map(CpuUse::ownSeconds).orElse(null),
        used.map(CpuUse::childrenSeconds).orElse(null),
        bytes);
  }
}
