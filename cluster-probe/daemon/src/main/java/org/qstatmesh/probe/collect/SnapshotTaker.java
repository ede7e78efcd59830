package org.qstatmesh.probe.collect;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.qstatmesh.probe.command.CommandOutcome;
import org.qstatmesh.probe.command.CommandRunner;
import org.qstatmesh.probe.command.CpuUse;
import org.qstatmesh.probe.drms.Adapter;
import org.qstatmesh.probe.drms.DrmsChoice;
import org.qstatmesh.probe.drms.Listing;
import org.qstatmesh.probe.drms.ServerFacts;
import org.qstatmesh.probe.drms.Supplement;
import org.qstatmesh.wire.Cost;
import org.qstatmesh.wire.EncodedRecords;
import org.qstatmesh.wire.EncodedSnapshot;
import org.qstatmesh.wire.Job;
import org.qstatmesh.wire.Node;
import org.qstatmesh.wire.ProbeErrorCode;
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
  /**
   * By what the deadline is divided for the commands after one that did not end in time. A hung PBS
   * server lets its clients wait for ever, each of them; four whole deadlines would hide the
   * failure for minutes.
   */
  private static final int DIVISOR_AFTER_TIMEOUT = 6;

  /** What only completes the picture must not hold it up. */
  private static final int DETAILS_DIVISOR = 3;

  private static final Set<String> COMPLETING_JOBS = Set.of("jobDetails", "jobReasons");

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
    List<CommandOutcome<?>> outcomes = new ArrayList<>();
    if (adapter == null) {
      Detection.Found found = detection.detect();
      if (found.adapter() == null) {
        return Taking.nothing(null, List.of(found.outcome()), found.error(), beganNanos);
      }
      adapter = found.adapter();
    }
    Adapter known = adapter;
    CommandOutcome<ServerFacts> server = run(known.server(), outcomes);
    JobsTaken jobs =
        MissingJobs.counted(runner, known, server, jobs(known, summed, outcomes), outcomes);
    CommandOutcome<List<Node>> nodes = run(known.nodes(), outcomes);
    List<Node> nodeRecords = supplemented(nodes.value(), known.nodeSupplement(), outcomes);
    CommandOutcome<List<Queue>> queues = run(known.queues(), outcomes);
    boolean nothing = !jobs.success() && !nodes.success() && !queues.success();
    List<CommandOutcome<?>> spent = new ArrayList<>(outcomes);
    spent.addAll(jobs.superseded());
    interval.ended(commandTime(spent), nothing);
    if (nothing) {
      // The jobs are what a row is for: their failure speaks for all. What the server said of
      // itself is no picture, and some commands say it without asking the server.
      return Taking.nothing(known.drms(), outcomes, jobs.outcome().error(), beganNanos);
    }
    EncodedRecords<Node> encodedNodes = encoded(nodeRecords, EncodedRecords.ofNodes());
    EncodedRecords<Queue> encodedQueues = encoded(queues.value(), EncodedRecords.ofQueues());
    Snapshot head = head(known, server, outcomes, beganMillis, cost(spent, cpuBefore));
    EncodedSnapshot picture =
        WireCodec.encodeSnapshot(head, jobs.encoded(), encodedNodes, encodedQueues);
    Summary summary = summed ? Summaries.of(jobs.tally(), nodeRecords, queues.value()) : null;
    return new Taking(
        known.drms(), outcomes, head, picture, jobs.census(), summary, null, beganNanos);
  }

  /**
   * Lists the jobs by the first way whose text can be read; if there is none, it is the first way
   * that failed. They are one collector and take one turn.
   */
  private JobsTaken jobs(Adapter known, boolean summed, List<CommandOutcome<?>> outcomes)
      throws InterruptedException {
    UnaryOperator<Job> completion = details(known, outcomes).andThen(redaction)::apply;
    JobsCollected collected = new JobsCollected(completion, summed);
    CommandOutcome<Integer> first = run(known.jobs(collected), outcomes);
    List<CommandOutcome<?>> superseded = new ArrayList<>();
    if (failedWith(first, ProbeErrorCode.DRMS_UNPARSABLE)) {
      for (Function<Consumer<Job>, Listing<Integer>> way : known.jobsOtherwise()) {
        JobsCollected again = new JobsCollected(completion, summed);
        CommandOutcome<Integer> outcome = runner.run(way.apply(again));
        if (outcome.success()) {
          outcomes.set(outcomes.indexOf(first), outcome);
          superseded.add(first);
          return new JobsTaken(again, outcome, superseded);
        }
        superseded.add(outcome);
      }
    }
    return new JobsTaken(collected, first, superseded);
  }

  private static boolean failedWith(CommandOutcome<?> outcome, ProbeErrorCode code) {
    return !outcome.success() && outcome.error().code().equals(code.name());
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

  private static Cost cost(List<CommandOutcome<?>> outcomes, Optional<CpuUse> before) {
    long bytes = outcomes.stream().mapToLong(CommandOutcome::outputBytes).sum();
    Optional<CpuUse> used = before.flatMap(earlier -> CpuUse.now().map(now -> now.since(earlier)));
    return new Cost(
        used.map(CpuUse::ownSeconds).orElse(null),
        used.map(CpuUse::childrenSeconds).orElse(null),
        bytes);
  }

  private static Duration commandTime(List<CommandOutcome<?>> outcomes) {
    return outcomes.stream().map(CommandOutcome::took).reduce(Duration.ZERO, Duration::plus);
  }

  /** What other commands add to the jobs; nothing when the first fails. */
  private UnaryOperator<Job> details(Adapter known, List<CommandOutcome<?>> outcomes)
      throws InterruptedException {
    Optional<UnaryOperator<Job>> details = completion(known.jobDetails(), outcomes);
    if (details.isEmpty()) {
      return UnaryOperator.identity();
    }
    Optional<UnaryOperator<Job>> reasons = completion(known.jobReasons(), outcomes);
    return reasons.isEmpty() ? details.get() : details.get().andThen(reasons.get())::apply;
  }

  private Optional<UnaryOperator<Job>> completion(
      Optional<Listing<UnaryOperator<Job>>> listing, List<CommandOutcome<?>> outcomes)
      throws InterruptedException {
    if (listing.isEmpty()) {
      return Optional.empty();
    }
    // its hanging says nothing of the scheduler's server: Maui hangs alone
    Duration deadline = runner.deadline().dividedBy(DETAILS_DIVISOR);
    return Optional.ofNullable(run(listing.get(), deadline, outcomes).value());
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
    boolean hung = before.stream().anyMatch(SnapshotTaker::serverHung);
    Duration deadline =
        hung ? runner.deadline().dividedBy(DIVISOR_AFTER_TIMEOUT) : runner.deadline();
    return run(listing, deadline, before);
  }

  private static boolean serverHung(CommandOutcome<?> outcome) {
    return !COMPLETING_JOBS.contains(outcome.collector())
        && failedWith(outcome, ProbeErrorCode.DRMS_TIMEOUT);
  }

  private <T> CommandOutcome<T> run(
      Listing<T> listing, Duration deadline, List<CommandOutcome<?>> before)
      throws InterruptedException {
    if (!pace.awaitTurn(listing.collector())) {
      throw new InterruptedException("the probe is stopping");
    }
    CommandOutcome<T> outcome = runner.run(listing, deadline);
    before.add(outcome);
    return outcome;
  }
}
