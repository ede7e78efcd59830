package org.qstatmesh.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.demo.simulation.BatchSystem;
import org.qstatmesh.demo.simulation.Summariser;

/**
 * The week before the demonstration began. It is played once to know the present, and again from
 * the same seed to tell the past: the same jobs come both times. Immutable; any thread.
 */
final class DemoPast {
  private static final Duration LONGEST = Duration.ofDays(7);

  /** An empty cluster needs a day to fill. */
  private static final Duration WARM_UP = Duration.ofDays(1);

  /** From then on a cluster moves every few seconds. */
  private static final Duration WATCHED = Duration.ofMinutes(20);

  private final long seed;
  private final long nowSeconds;

  DemoPast(long seed, Instant now) {
    this.seed = seed;
    this.nowSeconds = now.getEpochSecond();
  }

  private BatchSystem emptyCluster(DemoPlan plan) {
    long began = nowSeconds - LONGEST.plus(WARM_UP).toSeconds();
    return new BatchSystem(plan.cluster(), seed, began, nowSeconds - WATCHED.toSeconds());
  }

  /** Every cluster as it is now, in the order of the plans. */
  List<BatchSystem> playedUpToNow() {
    return DemoPlan.all().parallelStream()
        .map(
            plan -> {
              BatchSystem batch = emptyCluster(plan);
              batch.advanceTo(nowSeconds);
              return batch;
            })
        .toList();
  }

  /** Summaries of every cluster. */
  List<ClusterSummary> history(Duration back, Duration step) {
    if (back.compareTo(LONGEST) > 0 || step.toSeconds() < 1) {
      throw new IllegalArgumentException("at most seven days, in steps of at least one second");
    }
    return DemoPlan.all().parallelStream()
        .flatMap(plan -> history(plan, back.toSeconds(), step.toSeconds()).stream())
        .toList();
  }

  private List<ClusterSummary> history(DemoPlan plan, long backSeconds, long stepSeconds) {
    BatchSystem batch = emptyCluster(plan);
    Summariser summariser = new Summariser(batch, plan.staleAfter().toMillis());
    List<ClusterSummary> summaries = new ArrayList<>();
    for (long t = nowSeconds - backSeconds; t < nowSeconds; t += stepSeconds) {
      batch.advanceTo(t);
      summaries.add(summariser.summary());
    }
    return summaries;
  }
}
