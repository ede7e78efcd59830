package org.qstatmesh.poller;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.qstatmesh.bus.Addresses;
import org.qstatmesh.bus.ClusterConfig;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.bus.Failure;
import org.qstatmesh.bus.FailureCode;
import org.qstatmesh.bus.PollFailed;
import org.qstatmesh.bus.SnapshotStored;
import org.qstatmesh.bus.SnapshotTaken;
import org.qstatmesh.wire.CollectorReport;
import org.qstatmesh.wire.ProbeError;
import org.qstatmesh.wire.ProbeReply;
import org.qstatmesh.wire.ProbeRequest;
import org.qstatmesh.wire.Snapshot;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls one cluster, publishes what came of it and holds the newest picture. Event loop only;
 * summaries are made on a worker.
 */
final class ClusterPoller {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterPoller.class);

  private final Vertx vertx;
  private final Clock clock;
  private final PollerTimings timings;
  private final WorkerExecutor workers;
  private final ProbeLink link;
  private final ClusterMeters meters;
  private final Unstored unstored;
  private final Standing standing = new Standing();
  private final Backfilling backfilling;
  private final ChangeWatch changes;

  private ClusterConfig cluster;
  private Picture picture;
  private ClusterSummary summary;
  private LabRules labs = LabRules.NONE;
  private LabRules countedBy;
  private long timer = -1;
  private long startedNanos;
  private boolean stopped;

  /** What every cluster's poller needs. */
  record Shared(
      Vertx vertx,
      Clock clock,
      PollerTimings timings,
      WorkerExecutor workers,
      Unstored unstored,
      Backfilling.Shared backfilling) {}

  ClusterPoller(Shared shared, ClusterConfig cluster, ProbeLink link, ClusterMeters meters) {
    this.vertx = shared.vertx();
    this.clock = shared.clock();
    this.timings = shared.timings();
    this.workers = shared.workers();
    this.unstored = shared.unstored();
    this.cluster = cluster;
    this.link = link;
    this.meters = meters;
    this.backfilling = new Backfilling(shared.backfilling(), cluster, link, meters);
    this.changes = new ChangeWatch(shared.backfilling().lastStored().of(cluster.cluster()));
  }

  /** Polls soon; not all clusters at once. */
  void start() {
    Duration interval = cluster.pollInterval();
    Duration spread = min(interval, timings.firstPollSpread());
    pollAfter(Duration.ofMillis(ThreadLocalRandom.current().nextLong(spread.toMillis() + 1)));
  }

  void stop() {
    stopped = true;
    vertx.cancelTimer(timer);
    backfilling.stop();
  }

  /** A store has it. */
  void stored(SnapshotStored stored) {
    backfilling.stored(stored);
    changes.stored(stored);
  }

  /** Another title or place on the page: nothing that a poll depends on. */
  void renamed(ClusterConfig renamed) {
    cluster = renamed;
    backfilling.renamed(renamed);
  }

  /** Whose lab is what, from the next poll on. */
  void labs(LabRules rules) {
    labs = rules;
    backfilling.labs(rules);
  }

  /** The way to the probe is open again: does not wait for the next turn. */
  void wayOpened() {
    if (standing.isFailing() && timer >= 0 && vertx.cancelTimer(timer)) {
      poll();
    }
  }

  /** What is known; null before the first snapshot. */
  Picture picture() {
    return picture;
  }

  /** What was counted of it; null before the first snapshot. */
  ClusterSummary summary() {
    return summary;
  }

  private void pollAfter(Duration delay) {
    if (!stopped) {
      timer = vertx.setTimer(Math.max(1, delay.toMillis()), id -> poll());
    }
  }

  private void poll() {
    timer = -1;
    startedNanos = System.nanoTime();
    String have = picture == null ? null : picture.have();
    String etag = picture == null ? null : picture.etag();
    link.askNext(id -> ProbeRequest.shortSnapshot(id, have, etag))
        .compose(this::read)
        .onComplete(this::succeeded, this::failed);
  }

  private Future<Reading> read(Answer answer) {
    ProbeReply reply = answer.reply();
    if (reply instanceof ProbeReply.OfSnapshot taken) {
      return summarise(taken.snapshot(), answer.arrivedAtEpochMillis());
    }
    if (reply instanceof ProbeReply.Unchanged same && summary != null) {
      return picture.isNewest(same.snapshotId())
          ? stillTheNewest(answer.arrivedAtEpochMillis())
          : summarise(picture.newest().takenAgain(same), answer.arrivedAtEpochMillis());
    }
    if (reply instanceof ProbeReply.Failed failed) {
      ProbeError error = failed.error();
      return Future.failedFuture(
          new ExchangeFailure(FailureCode.ofProbe(error.code()), error.message()));
    }
    return Future.failedFuture(
        new ExchangeFailure(
            FailureCode.PROBE_PROTOCOL, "the probe answers something else than was asked"));
  }

  private Future<Reading> summarise(Snapshot snapshot, long arrivedAtEpochMillis) {
    Long age = snapshot.ageMillis();
    long observedAt = arrivedAtEpochMillis - (age == null ? 0 : Math.max(0, age));
    Failure failure =
        standing.answered(cluster, CollectorFailure.of(snapshot), arrivedAtEpochMillis);
    ClusterConfig now = cluster;
    Picture before = picture;
    ChangeWatch.Comparison comparison = changes.next();
    LabRules rules = labs;
    return workers.executeBlocking(
        () -> {
          Picture after = Picture.after(before, snapshot, observedAt);
          ClusterSummary row = Summaries.of(now, after, failure, arrivedAtEpochMillis);
          ClusterSummary counted = LabUse.counted(row, after, rules);
          Changed changed = comparison.changed(before, after);
          return new Reading(after, counted, rules, changed, failure == null ? "UP" : "PARTIAL");
        },
        false);
  }

  private Future<Reading> stillTheNewest(long arrivedAtEpochMillis) {
    Failure failure =
        standing.answered(cluster, CollectorFailure.of(picture.newest()), arrivedAtEpochMillis);
    ClusterSummary again = Summaries.receivedAgain(summary, cluster, failure, arrivedAtEpochMillis);
    LabRules rules = labs;
    Picture same = picture;
    if (countedBy == rules) {
      return Future.succeededFuture(new Reading(same, again, rules, null, "UNCHANGED"));
    }
    return workers.executeBlocking(
        () -> new Reading(same, LabUse.counted(again, same, rules), rules, null, "UNCHANGED"),
        false);
  }

  private void succeeded(Reading reading) {
    if (stopped) {
      return;
    }
    boolean isNew = summary == null || !reading.summary.snapshotId().equals(summary.snapshotId());
    if (isNew) {
      countProblems(reading.picture.newest());
    }
    SnapshotTaken taken =
        isNew
            ? changes.taken(reading.summary, reading.picture, reading.changed)
            : changes.takenAgain(reading.summary, reading.changed);
    if (isNew) {
      meters.changed(taken.changes());
      unstored.published(taken);
    }
    ClusterSummary before = summary;
    picture = reading.picture;
    summary = reading.summary;
    countedBy = reading.labs;
    meters.succeeded(reading.result, clock.millis());
    Addresses.SNAPSHOT_TAKEN.publish(vertx, taken);
    if (isNew) {
      backfilling.sampled(
          before,
          summary,
          Summaries.longerIntervalMillis(cluster, picture.newest().minimumIntervalSeconds()));
    }
    pollAgainAfter(cluster.pollInterval());
  }

  private void failed(Throwable cause) {
    if (stopped) {
      return;
    }
    backfilling.contactLost();
    FailureCode code = FailureCode.PROBE_PROTOCOL;
    if (cause instanceof ExchangeFailure failure) {
      code = failure.code();
    } else {
      LOG.error("polling {} failed", cluster.cluster(), cause);
    }
    long at = clock.millis();
    Failure failure = standing.failed(cluster, code, cause.getMessage(), at);
    meters.failed(code);
    Addresses.POLL_FAILED.publish(
        vertx, new PollFailed(cluster.cluster(), failure, standing.failuresInARow(), at));
    pollAgainAfter(min(timings.retry(), cluster.pollInterval()));
  }

  /**
   * Intervals run from start to start. A little early, never late: polls of many clusters drift
   * apart instead of falling together, and a row is never older than its interval says.
   */
  private void pollAgainAfter(Duration interval) {
    double jitter = 0.9 + ThreadLocalRandom.current().nextDouble(0.1);
    long spentNanos = System.nanoTime() - startedNanos;
    pollAfter(Duration.ofNanos((long) (interval.toNanos() * jitter) - spentNanos));
  }

  private void countProblems(Snapshot snapshot) {
    int problems = 0;
    for (CollectorReport report : snapshot.collectors()) {
      problems += Math.max(0, report.problems());
    }
    meters.parseProblems(problems);
  }

  private static Duration min(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  /** What a poll brought. */
  private record Reading(
      Picture picture, ClusterSummary summary, LabRules labs, Changed changed, String result) {}
}
