package org.qstatmesh.probe.serve;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.qstatmesh.probe.collect.SnapshotTaker;
import org.qstatmesh.probe.command.CommandOutcome;
import org.qstatmesh.probe.command.CommandRunner;
import org.qstatmesh.probe.drms.Adapter;
import org.qstatmesh.probe.drms.Listing;
import org.qstatmesh.wire.JobDetail;
import org.qstatmesh.wire.ProbeError;
import org.qstatmesh.wire.ProbeErrorCode;
import org.qstatmesh.wire.ProbeReply;

/**
 * Requests for one job in full. Each runs a command on the scheduler, so there is one limit for all
 * who ask together, one command at a time and a short queue. {@link #ask} belongs to the socket's
 * thread; answers come from {@code job-query}.
 */
final class JobQueries implements AutoCloseable {
  private static final int PER_MINUTE = 30;
  private static final int AT_ONCE = 10;
  private static final int MAX_QUEUED = 10;
  private static final Duration DEADLINE = Duration.ofSeconds(10);

  /** Who asks waits for both commands; the second must not cost him the answer of the first. */
  private static final Duration ADVICE_DEADLINE = Duration.ofSeconds(5);

  private final CommandRunner runner;
  private final SnapshotTaker taker;
  private final TokenBucket bucket = new TokenBucket(PER_MINUTE, AT_ONCE, System.nanoTime());
  private final ThreadPoolExecutor executor;

  JobQueries(CommandRunner runner, SnapshotTaker taker) {
    this.runner = runner;
    this.taker = taker;
    this.executor =
        new ThreadPoolExecutor(
            1,
            1,
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(MAX_QUEUED),
            task -> {
              Thread thread = new Thread(task, "job-query");
              thread.setDaemon(true);
              return thread;
            });
    executor.allowCoreThreadTimeOut(true);
  }

  /** Hands exactly one reply to {@code answer}, now or later. */
  void ask(String requestId, String jobId, Consumer<ProbeReply> answer) {
    Optional<Adapter> adapter = taker.adapter();
    if (adapter.isEmpty()) {
      answer.accept(
          failed(
              requestId,
              ProbeErrorCode.DRMS_TIMEOUT,
              "no scheduler was found yet: ask for a snapshot first"));
      return;
    }
    Question question;
    try {
      question = new Question(adapter.get().job(jobId), adapter.get().jobAdvice(jobId));
    } catch (IllegalArgumentException refused) {
      answer.accept(
          failed(
              requestId,
              ProbeErrorCode.UNKNOWN_JOB,
              "this is no job id of " + adapter.get().drms()));
      return;
    }
    if (!bucket.take(System.nanoTime())) {
      answer.accept(tooMany(requestId));
      return;
    }
    try {
      executor.execute(() -> answer.accept(run(requestId, adapter.get(), question)));
    } catch (RejectedExecutionException full) {
      answer.accept(tooMany(requestId));
    }
  }

  /** The command that knows the job, and the one that knows more of it. */
  private record Question(
      Listing<JobDetail> listing, Optional<Listing<UnaryOperator<JobDetail>>> advice) {}

  private ProbeReply run(String requestId, Adapter adapter, Question question) {
    CommandOutcome<JobDetail> outcome = runner.run(question.listing(), atMost(DEADLINE));
    if (outcome.success() && outcome.value() != null) {
      return new ProbeReply.OfJob(requestId, advised(outcome.value(), question.advice()));
    }
    boolean unknown =
        outcome.exitCode() != null && adapter.isUnknownJob(outcome.exitCode(), outcome.complaint());
    if (outcome.success() || unknown) {
      return unknown(requestId);
    }
    return new ProbeReply.Failed(requestId, outcome.error());
  }

  private JobDetail advised(JobDetail known, Optional<Listing<UnaryOperator<JobDetail>>> advice) {
    if (advice.isEmpty()) {
      return known;
    }
    CommandOutcome<UnaryOperator<JobDetail>> outcome =
        runner.run(advice.get(), atMost(ADVICE_DEADLINE));
    return outcome.success() ? outcome.value().apply(known) : known;
  }

  private Duration atMost(Duration deadline) {
    return runner.deadline().compareTo(deadline) < 0 ? runner.deadline() : deadline;
  }

  /** There is no such job, or none that may be shown: the two must read alike. */
  static ProbeReply unknown(String requestId) {
    return failed(requestId, ProbeErrorCode.UNKNOWN_JOB, "the scheduler does not know this job");
  }

  private static ProbeReply tooMany(String requestId) {
    return failed(
        requestId,
        ProbeErrorCode.RATE_LIMITED,
        "more than " + PER_MINUTE + " single jobs a minute were asked for");
  }

  private static ProbeReply failed(String requestId, ProbeErrorCode code, String message) {
    return new ProbeReply.Failed(requestId, ProbeError.of(code, message));
  }

  @Override
  public void close() {
    executor.shutdown();
    executor.getQueue().clear();
  }
}
