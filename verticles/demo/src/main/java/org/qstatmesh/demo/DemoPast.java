package org.qstatmesh.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.demo.simulation.BatchSystem;
import org.qstatmesh.demo.simulation.Summariser;

/**
 * The week before the demonstration began. It is played once to know the present, and again from
 * the same seed to tell the past: the same jobs come both times. Immutable; any thread.
 */
final class DemoPast {
  private static final Duration LONGEST = Duration.ofDays(7);

  /** And an hour, so that the line of a day begins with the day. */
  private static final Duration ONE_DAY = Duration.ofHours(25);

  private static final Duration TWO_HOURS = Duration.ofHours(2);

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

  /**
   * Summaries of every cluster, closer to each other towards the present: a line of an hour, of a
   * day and of a week each find one in every step they draw.
   */
  List<ClusterSummary> history() {
    return history(
        moments(LONGEST, ONE_DAY, Duration.ofMinutes(15)),
        moments(ONE_DAY, TWO_HOURS, Duration.ofMinutes(5)),
        moments(TWO_HOURS, Duration.ZERO, Duration.ofMinutes(1)));
  }

  /** Summaries of every cluster at equal distances. */
  List<ClusterSummary> history(Duration back, Duration step) {
    if (back.compareTo(LONGEST) > 0 || step.toSeconds() < 1) {
      throw new IllegalArgumentException("at most seven days, in steps of at least one second");
    }
    return history(moments(back, Duration.ZERO, step));
  }

  private LongStream moments(Duration back, Duration until, Duration step) {
    long end = nowSeconds - until.toSeconds();
    return LongStream.iterate(
        nowSeconds - back.toSeconds(), t -> t < end, t -> t + step.toSeconds());
  }

  private List<ClusterSummary> history(LongStream... parts) {
    long[] moments = Stream.of(parts).flatMapToLong(part -> part).toArray();
    return DemoPlan.all().parallelStream().flatMap(plan -> history(plan, moments)).toList();
  }

  private Stream<ClusterSummary> history(DemoPlan plan, long[] moments) {
    BatchSystem batch = emptyCluster(plan);
    Summariser summariser = new Summariser(batch, plan.staleAfter().toMillis());
    List<ClusterSummary> summaries = new ArrayList<>(moments.length);
    for (long t : moments) {
      batch.advanceTo(t);
      summaries.add(summariser.summary());
    }
    return summaries.stream();
  }
}
