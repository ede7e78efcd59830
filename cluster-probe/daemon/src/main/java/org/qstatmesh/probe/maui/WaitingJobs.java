package org.qstatmesh.probe.maui;

import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.qstatmesh.wire.Job;
import org.qstatmesh.wire.JobState;

/**
 * Why jobs wait, by number and user, as an operator on the jobs of {@code qstat}. It changes
 * nothing but reasons.
 *
 * <p>Of a queued job Maui knows best: a comment of qstat is left over from another scheduler. Of a
 * held one qstat does: it knows who holds it.
 */
final class WaitingJobs implements UnaryOperator<Job> {
  private record Waiting(String user, String reason) {}

  private final Map<String, Waiting> byNumber = new HashMap<>();
  private String newest;

  /** Adds a job; a number that stands there twice is nobody's. */
  void add(String number, String user, String reason) {
    boolean twice = byNumber.containsKey(number);
    byNumber.put(number, new Waiting(twice ? null : user, reason));
    newest = number;
  }

  /** Takes back what was added last. */
  void removeNewest() {
    if (newest != null) {
      byNumber.remove(newest);
    }
  }

  @Override
  public Job apply(Job job) {
    boolean queued = job.jobState() == JobState.QUEUED;
    boolean held = job.jobState() == JobState.HELD;
    if (!queued && !(held && job.reason() == null)) {
      return job;
    }
    Waiting waiting = byNumber.get(JobNumber.of(job.jobId()));
    return waiting == null || !job.jobOwner().equals(waiting.user())
        ? job
        : job.toBuilder().reason(waiting.reason()).build();
  }
}
