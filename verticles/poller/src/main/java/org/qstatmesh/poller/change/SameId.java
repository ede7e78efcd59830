package org.qstatmesh.poller.change;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.qstatmesh.wire.Job;

/** Compares two records of one id, each of one task. Not thread-safe. */
final class SameId {
  /**
   * Of a queue that is emptied and filled again; what is beyond starts as if for the first time.
   */
  private static final int MOST_REQUEUED = 10_000;

  private final Window window;
  private final JobNews news;
  private final Set<String> requeuedBefore;
  private final Set<String> requeued = new HashSet<>();

  SameId(Window window, JobNews news, Set<String> requeuedBefore) {
    this.window = window;
    this.news = news;
    this.requeuedBefore = requeuedBefore;
  }

  /** Jobs that wait now and ran before. */
  Set<String> requeued() {
    return requeued;
  }

  void compare(Job before, Job now) {
    if (isAnother(before, now)) {
      news.finished(before, 1);
      appeared(List.of(now), now.jobId(), 1);
      return;
    }
    switch (Phase.of(now)) {
      case STARTED -> isStarted(before, now);
      case WAITING, UNKNOWN -> waits(before, now);
      case OVER -> {}
    }
  }

  /** A job, or the records of an array, that was not there at the earlier look. */
  void appeared(List<Job> records, String wholeId, int tasks) {
    boolean overlooked = false;
    for (Job job : records) {
      overlooked |=
          window.isLongBefore(job.submissionTimeEpochSeconds())
              || (Phase.of(job) == Phase.STARTED
                  && window.isLongBefore(job.dispatchTimeEpochSeconds()));
    }
    if (!overlooked) {
      news.submitted(records.get(0), wholeId, tasks);
    }
    for (Job job : records) {
      if (Phase.of(job) == Phase.STARTED
          && !window.isLongBefore(job.dispatchTimeEpochSeconds())
          && !(overlooked && job.dispatchTimeEpochSeconds() == null)) {
        news.started(job, null, job.taskCount());
      }
    }
  }

  /**
   * An id is given a second time after years, or after the scheduler was set up anew. A job that
   * ran and has a new time of submission was requeued.
   */
  private boolean isAnother(Job before, Job now) {
    if (!before.jobOwner().equals(now.jobOwner())) {
      return true;
    }
    Long first = before.submissionTimeEpochSeconds();
    Long second = now.submissionTimeEpochSeconds();
    return Phase.of(before) == Phase.WAITING
        && first != null
        && window.isSince(second)
        && second > first;
  }

  private void isStarted(Job before, Job now) {
    switch (Phase.of(before)) {
      case WAITING -> {
        if (requeuedBefore.contains(now.jobId())) {
          news.startedAgain(now, before.slots());
        } else {
          news.started(now, before.slots(), 1);
        }
      }
      case STARTED -> {
        if (ranAgain(before, now)) {
          if (wasSubmittedAgain(before, now)) {
            news.started(now, before.slots(), 1);
          } else {
            news.startedAgain(now, before.slots());
          }
        }
      }
      case UNKNOWN -> {
        if (window.isSince(now.dispatchTimeEpochSeconds())) {
          news.started(now, before.slots(), 1);
        }
      }
      case OVER -> {}
    }
  }

  private boolean ranAgain(Job before, Job now) {
    Long first = before.dispatchTimeEpochSeconds();
    Long second = now.dispatchTimeEpochSeconds();
    return before.jobState() == now.jobState()
        && first != null
        && window.isSince(second)
        && second > first;
  }

  private static boolean wasSubmittedAgain(Job before, Job now) {
    Long startedAt = before.dispatchTimeEpochSeconds();
    Long submittedAt = now.submissionTimeEpochSeconds();
    return startedAt != null && submittedAt != null && submittedAt >= startedAt;
  }

  private void waits(Job before, Job now) {
    boolean ran =
        requeuedBefore.contains(now.jobId())
            || (Phase.of(before) == Phase.STARTED
                && Phase.of(now) == Phase.WAITING
                && !wasSubmittedAgain(before, now));
    if (ran && requeued.size() < MOST_REQUEUED) {
      requeued.add(now.jobId());
    }
  }
}
