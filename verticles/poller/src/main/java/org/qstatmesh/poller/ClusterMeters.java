package org.qstatmesh.poller;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.qstatmesh.bus.ClusterChanges;
import org.qstatmesh.bus.FailureCode;

/** The meters of one cluster; they go when the cluster goes. Event loop only. */
final class ClusterMeters {
  /** Why a message of a probe was thrown away. */
  enum Drop {
    /** Its id is not that of the request under way. */
    UNKNOWN_ID,
    /** No request was under way. */
    STRAY
  }

  private static final String CLUSTER = "cluster";

  /** A cluster is polled once or twice a minute: percentiles of less would be of nothing. */
  private static final Duration PERCENTILES_OF = Duration.ofMinutes(15);

  private final MeterRegistry registry;
  private final String cluster;
  private final Map<String, Counter> polls = new HashMap<>();
  private final Map<Drop, Counter> drops = new HashMap<>();
  private final Map<String, Counter> backfills = new HashMap<>();
  private final List<Meter> others = new ArrayList<>();
  private final Timer latency;
  private final DistributionSummary replyBytes;
  private final Counter parseProblems;
  private final Counter jobQuestionsRefused;
  private final Counter backfilled;
  private final Counter changes;
  private final Counter changesOmitted;

  /** Read by whoever scrapes. */
  private volatile long lastGoodEpochMillis;

  private volatile boolean failing;

  ClusterMeters(MeterRegistry registry, String cluster) {
    this.registry = registry;
    this.cluster = cluster;
    this.latency =
        Timer.builder("qstatmesh.poller.latency")
            .description("from a request to its parsed reply")
            .tag(CLUSTER, cluster)
            .publishPercentiles(0.5, 0.99)
            .distributionStatisticExpiry(PERCENTILES_OF)
            .register(registry);
    this.replyBytes =
        DistributionSummary.builder("qstatmesh.poller.reply.size")
            .description("bytes of a reply")
            .baseUnit("bytes")
            .tag(CLUSTER, cluster)
            .register(registry);
    this.parseProblems =
        counter("qstatmesh.poller.parse.problems", "records that could not be understood");
    this.jobQuestionsRefused =
        counter("qstatmesh.poller.job.questions.refused", "single-job questions, queue full");
    this.backfilled =
        counter("qstatmesh.poller.backfilled", "summaries of the past that a probe handed in");
    this.changes = counter("qstatmesh.poller.changes", "jobs and nodes whose change was published");
    this.changesOmitted =
        counter("qstatmesh.poller.changes.omitted", "changes beyond the bound of a message");
    others.addAll(List.of(latency, replyBytes));
    others.add(
        Gauge.builder("qstatmesh.poller.last.good", this, ClusterMeters::lastGoodEpochSeconds)
            .description("when a poll last succeeded; NaN when none did")
            .baseUnit("seconds")
            .tag(CLUSTER, cluster)
            .register(registry));
    others.add(
        Gauge.builder("qstatmesh.poller.failing", this, meters -> meters.failing ? 1 : 0)
            .description("1 while the newest poll is one that failed")
            .tag(CLUSTER, cluster)
            .register(registry));
  }

  /** A poll succeeded: {@code UP}, {@code PARTIAL}, {@code UNCHANGED}. */
  void succeeded(String result, long nowEpochMillis) {
    lastGoodEpochMillis = nowEpochMillis;
    failing = false;
    polled(result);
  }

  /** A poll failed. */
  void failed(FailureCode code) {
    failing = true;
    polled(code.name());
  }

  private double lastGoodEpochSeconds() {
    return lastGoodEpochMillis == 0 ? Double.NaN : lastGoodEpochMillis / 1_000.0;
  }

  private void polled(String result) {
    polls
        .computeIfAbsent(
            result,
            any ->
                Counter.builder("qstatmesh.poller.polls")
                    .description("polls by what came of them")
                    .tags(CLUSTER, cluster, "result", result)
                    .register(registry))
        .increment();
  }

  void replied(int bytes, Duration took) {
    replyBytes.record(bytes);
    latency.record(took);
  }

  void parseProblems(int records) {
    parseProblems.increment(records);
  }

  void dropped(Drop reason, int messages) {
    drops
        .computeIfAbsent(
            reason,
            any ->
                Counter.builder("qstatmesh.poller.replies.dropped")
                    .description("messages of a probe that were thrown away")
                    .tags(CLUSTER, cluster, "reason", reason.name())
                    .register(registry))
        .increment(messages);
  }

  void jobQuestionRefused() {
    jobQuestionsRefused.increment();
  }

  void changed(ClusterChanges published) {
    changes.increment(published.jobs().size() + published.nodes().size());
    changesOmitted.increment(published.omitted());
  }

  void backfilled(int summaries) {
    backfilled.increment(summaries);
  }

  /** Asking for the past ended: {@code DONE}, {@code REFUSED}, {@code ENDLESS}, {@code FAILED}. */
  void backfillEnded(String result) {
    backfills
        .computeIfAbsent(
            result,
            any ->
                Counter.builder("qstatmesh.poller.backfills")
                    .description("times that a probe was asked for the past, by what came of it")
                    .tags(CLUSTER, cluster, "result", result)
                    .register(registry))
        .increment();
  }

  /** Shows how many questions wait for the probe. */
  void watchWaiting(Collection<?> waiting) {
    others.add(
        Gauge.builder("qstatmesh.poller.questions.waiting", waiting, Collection::size)
            .description("questions that wait until the probe is free")
            .tag(CLUSTER, cluster)
            .strongReference(true)
            .register(registry));
  }

  /** Takes the cluster's meters out of the registry. */
  void close() {
    polls.values().forEach(registry::remove);
    drops.values().forEach(registry::remove);
    backfills.values().forEach(registry::remove);
    others.forEach(registry::remove);
  }

  private Counter counter(String name, String description) {
    Counter counter =
        Counter.builder(name).description(description).tag(CLUSTER, cluster).register(registry);
    others.add(counter);
    return counter;
  }
}
