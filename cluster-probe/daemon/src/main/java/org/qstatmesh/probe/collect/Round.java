package org.qstatmesh.probe.collect;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.qstatmesh.probe.command.CommandOutcome;
import org.qstatmesh.probe.command.CommandRunner;
import org.qstatmesh.probe.drms.Adapter;
import org.qstatmesh.probe.drms.Listing;
import org.qstatmesh.probe.drms.Supplement;
import org.qstatmesh.wire.Job;
import org.qstatmesh.wire.ProbeErrorCode;

/** The commands of one collection, one after the other, and what became of them. One thread. */
final class Round {
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
  private final Pace pace;
  private final List<CommandOutcome<?>> reported = new ArrayList<>();
  private final List<CommandOutcome<?>> besides = new ArrayList<>();

  Round(CommandRunner runner, Pace pace) {
    this.runner = runner;
    this.pace = pace;
  }

  /** Runs a collector's command when it is its turn. */
  <T> CommandOutcome<T> run(Listing<T> listing) throws InterruptedException {
    boolean hung = reported.stream().anyMatch(Round::serverHung);
    Duration deadline =
        hung ? runner.deadline().dividedBy(DIVISOR_AFTER_TIMEOUT) : runner.deadline();
    return run(listing, deadline);
  }

  private static boolean serverHung(CommandOutcome<?> outcome) {
    return !COMPLETING_JOBS.contains(outcome.collector())
        && outcome.failedWith(ProbeErrorCode.DRMS_TIMEOUT);
  }

  private <T> CommandOutcome<T> run(Listing<T> listing, Duration deadline)
      throws InterruptedException {
    if (!pace.awaitTurn(listing.collector())) {
      throw new InterruptedException("the probe is stopping");
    }
    CommandOutcome<T> outcome = runner.run(listing, deadline);
    reported.add(outcome);
    return outcome;
  }

  /** Runs another command of a collector that had its turn; it costs, and is not reported. */
  <T> CommandOutcome<T> runBesides(Listing<T> listing) {
    CommandOutcome<T> outcome = runner.run(listing);
    besides.add(outcome);
    return outcome;
  }

  /** Reports {@code outcome}, of a command that ran besides, and no longer {@code instead}. */
  void report(CommandOutcome<?> outcome, CommandOutcome<?> instead) {
    reported.set(reported.indexOf(instead), outcome);
    besides.remove(outcome);
    besides.add(instead);
  }

  /** Reports what came to be known of an outcome later. */
  void correct(CommandOutcome<?> outcome, CommandOutcome<?> before) {
    reported.set(reported.indexOf(before), outcome);
  }

  /** What other commands add to the jobs; nothing when the first fails. */
  UnaryOperator<Job> details(Adapter adapter) throws InterruptedException {
    Optional<UnaryOperator<Job>> details = completion(adapter.jobDetails());
    if (details.isEmpty()) {
      return UnaryOperator.identity();
    }
    Optional<UnaryOperator<Job>> reasons = completion(adapter.jobReasons());
    return reasons.isEmpty() ? details.get() : details.get().andThen(reasons.get())::apply;
  }

  private Optional<UnaryOperator<Job>> completion(Optional<Listing<UnaryOperator<Job>>> listing)
      throws InterruptedException {
    if (listing.isEmpty()) {
      return Optional.empty();
    }
    // its hanging says nothing of the scheduler's server: Maui hangs alone
    Duration deadline = runner.deadline().dividedBy(DETAILS_DIVISOR);
    return Optional.ofNullable(run(listing.get(), deadline).value());
  }

  /** A supplement that fails takes nothing away: the records stay as the first command has them. */
  <R> R supplemented(R records, Optional<Supplement<R, ?>> supplement) throws InterruptedException {
    return records == null || supplement.isEmpty() ? records : with(records, supplement.get());
  }

  private <R, S> R with(R records, Supplement<R, S> supplement) throws InterruptedException {
    CommandOutcome<S> more = run(supplement.listing());
    return more.success() ? supplement.join().apply(records, more.value()) : records;
  }

  /** Of each collector what became of it, in order. */
  List<CommandOutcome<?>> reported() {
    return reported;
  }

  /** How long all commands took, those included that are not reported. */
  Duration took() {
    return Duration.ofNanos(
        reported.stream().mapToLong(outcome -> outcome.took().toNanos()).sum()
            + besides.stream().mapToLong(outcome -> outcome.took().toNanos()).sum());
  }

  /** What all commands printed. */
  long outputBytes() {
    return reported.stream().mapToLong(CommandOutcome::outputBytes).sum()
        + besides.stream().mapToLong(CommandOutcome::outputBytes).sum();
  }
}
