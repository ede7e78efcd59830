package org.qstatmesh.poller;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.qstatmesh.bus.ClusterSummary.Waiting;
import org.qstatmesh.wire.Job;

/** Adds up why tasks wait, in the scheduler's own words. Not thread-safe. */
final class WaitTally {
  /** Most reasons that are named. */
  static final int MAX_REASONS = 12;

  static final String NO_REASON = "no reason given";
  static final String OTHER_REASONS = "other reasons";

  private static final Comparator<Waiting> MOST_TASKS_FIRST =
      Comparator.comparingInt(Waiting::jobs)
          .thenComparingInt(Waiting::slots)
          .reversed()
          .thenComparing(Waiting::reason);

  private final Map<String, Sums> sums = new HashMap<>();

  /** Adds a job that is queued or held. */
  void add(Job job) {
    String reason = job.reason();
    String key = reason == null || reason.isBlank() ? NO_REASON : Keys.cut(reason);
    Sums sum = sums.computeIfAbsent(key, any -> new Sums());
    sum.jobs.add(job.taskCount());
    sum.slots.addTimes(job.slots(), job.taskCount());
  }

  /** Most tasks first; the rest is one entry. */
  List<Waiting> reasons() {
    List<Waiting> all = new ArrayList<>(sums.size());
    sums.forEach((reason, sum) -> all.add(sum.waiting(reason)));
    all.sort(MOST_TASKS_FIRST);
    if (all.size() <= MAX_REASONS) {
      return all;
    }
    List<Waiting> named = new ArrayList<>(all.subList(0, MAX_REASONS));
    Sums rest = new Sums();
    for (Waiting other : all.subList(MAX_REASONS, all.size())) {
      rest.jobs.add(sums.get(other.reason()).jobs);
      rest.slots.add(sums.get(other.reason()).slots);
    }
    named.add(rest.waiting(OTHER_REASONS));
    return named;
  }

  private static final class Sums {
    private final IntSum jobs = new IntSum();
    private final IntSum slots = new IntSum();

    Waiting waiting(String reason) {
      return new Waiting(reason, jobs.value(), slots.value());
    }
  }
}
