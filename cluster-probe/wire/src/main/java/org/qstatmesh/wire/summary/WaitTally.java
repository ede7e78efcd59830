package org.qstatmesh.wire.summary;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.qstatmesh.wire.Job;
import org.qstatmesh.wire.Summary;
import org.qstatmesh.wire.Summary.Waiting;

/** Adds up why tasks wait, in the words of the jobs' reasons. Not thread-safe. */
final class WaitTally {
  /**
   * Most different reasons that are counted apart while counting: words that name a job or a time
   * are different for every job. Those that come later are other reasons.
   */
  static final int MAX_COUNTED_APART = 10_000;

  static final String NO_REASON = "no reason given";
  static final String OTHER_REASONS = "other reasons";

  private static final Comparator<Waiting> MOST_TASKS_FIRST =
      Comparator.comparingInt(Waiting::jobs)
          .thenComparingInt(Waiting::slots)
          .reversed()
          .thenComparing(Waiting::reason);

  private final Map<String, Sums> sums = new HashMap<>();
  private final Sums uncounted = new Sums();

  /** Adds a job that is queued or held. */
  void add(Job job) {
    String reason = job.reason();
    String key = reason == null || reason.isBlank() ? NO_REASON : Keys.cut(reason);
    Sums sum =
        sums.size() < MAX_COUNTED_APART
            ? sums.computeIfAbsent(key, any -> new Sums())
            : sums.getOrDefault(key, uncounted);
    sum.jobs.add(job.taskCount());
    sum.slots.addTimes(job.slots(), job.taskCount());
  }

  /** Most tasks first; the rest is one entry. */
  List<Waiting> reasons() {
    List<Waiting> all = new ArrayList<>(sums.size());
    sums.forEach((reason, sum) -> all.add(sum.waiting(reason)));
    all.sort(MOST_TASKS_FIRST);
    if (all.size() <= Summary.MAX_REASONS) {
      return all;
    }
    List<Waiting> named = new ArrayList<>(all.subList(0, Summary.MAX_REASONS));
    Sums rest = uncounted.copy();
    for (Waiting other : all.subList(Summary.MAX_REASONS, all.size())) {
      rest.jobs.add(sums.get(other.reason()).jobs);
      rest.slots.add(sums.get(other.reason()).slots);
    }
    named.add(rest.waiting(OTHER_REASONS));
    return named;
  }

  private static final class Sums {
    private final IntSum jobs = new IntSum();
    private final IntSum slots = new IntSum();

    Sums copy() {
      Sums copy = new Sums();
      copy.jobs.add(jobs);
      copy.slots.add(slots);
      return copy;
    }

    Waiting waiting(String reason) {
      return new Waiting(reason, jobs.value(), slots.value());
    }
  }
}
