package org.qstatmesh.probe.pbs;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.qstatmesh.wire.Job;
import org.qstatmesh.wire.JobState;

/** Adds up jobs the way the page will: by task. */
public final class Counts {
  private Counts() {}

  /** Tasks by the scheduler's own letter. */
  public static Map<String, Integer> byLetter(Collection<Job> jobs) {
    return by(Job::jobSubState, job -> true, jobs);
  }

  /** Tasks by mapped state. */
  public static Map<JobState, Integer> byState(Collection<Job> jobs) {
    return by(Job::jobState, job -> true, jobs);
  }

  /** Tasks by owner, of those with this letter. */
  public static Map<String, Integer> byOwner(Collection<Job> jobs, String letter) {
    return by(Job::jobOwner, job -> letter.equals(job.jobSubState()), jobs);
  }

  /** Tasks by queue, of those with this letter. */
  public static Map<String, Integer> byQueue(Collection<Job> jobs, String letter) {
    return by(Job::queueName, job -> letter.equals(job.jobSubState()), jobs);
  }

  /** Tasks by group; {@code (none)} where the scheduler has not set one. */
  public static Map<String, Integer> byGroup(Collection<Job> jobs) {
    return by(job -> job.groupName() == null ? "(none)" : job.groupName(), job -> true, jobs);
  }

  /** Cores held by running tasks. */
  public static int runningSlots(Collection<Job> jobs) {
    int slots = 0;
    for (Job job : jobs) {
      if (job.jobState() == JobState.RUNNING) {
        slots += job.slots() * job.taskCount();
      }
    }
    return slots;
  }

  private static <K extends Comparable<K>> Map<K, Integer> by(
      Function<Job, K> key, Predicate<Job> counted, Collection<Job> jobs) {
    Map<K, Integer> counts = new TreeMap<>();
    for (Job job : jobs) {
      if (counted.test(job)) {
        counts.merge(key.apply(job), job.taskCount(), Integer::sum);
      }
    }
    return counts;
  }
}
