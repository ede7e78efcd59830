package org.qstatmesh.poller.change;

import java.util.ArrayList;
import java.util.List;
import org.qstatmesh.bus.ClusterChanges.JobChange;
import org.qstatmesh.bus.ClusterChanges.JobEvent;
import org.qstatmesh.wire.Job;
import org.qstatmesh.wire.summary.Keys;

/**
 * Words what happened to jobs. Holds {@code most} events of each kind and counts the others. Not
 * thread-safe.
 */
final class JobNews {
  private final Window window;
  private final int most;
  private final List<JobEvent> submitted = new ArrayList<>();
  private final List<JobEvent> started = new ArrayList<>();
  private final List<JobEvent> finished = new ArrayList<>();
  private long told;

  JobNews(Window window, int most) {
    this.window = window;
    this.most = most;
  }

  /** So many tasks came, under the id of the whole. */
  void submitted(Job job, String jobId, int tasks) {
    if (isWanted(submitted)) {
      submitted.add(event(JobChange.SUBMITTED, job, jobId, tasks, job.slots(), null, null, null));
    }
  }

  /** It started when it says, or else when it was seen to have. */
  void started(Job job, Integer askedSlots, int tasks) {
    if (isWanted(started)) {
      Long submittedAt = job.submissionTimeEpochSeconds();
      Long startedAt = job.dispatchTimeEpochSeconds();
      Long at = startedAt == null ? window.whenSeen() : startedAt;
      Long wait = submittedAt == null || at == null || at < submittedAt ? null : at - submittedAt;
      started.add(
          event(
              JobChange.STARTED, job, job.jobId(), tasks, slots(job, askedSlots), at, null, wait));
    }
  }

  /** It started another time, so that from its submission to now is not what it waited. */
  void startedAgain(Job job, Integer askedSlots) {
    if (isWanted(started)) {
      Long at = job.dispatchTimeEpochSeconds();
      started.add(
          event(JobChange.STARTED, job, job.jobId(), 1, slots(job, askedSlots), at, null, null));
    }
  }

  /** It was there at the earlier look, and is not at the later one. */
  void finished(Job job, int tasks) {
    if (isWanted(finished)) {
      Long startedAt = Phase.of(job) == Phase.WAITING ? null : job.dispatchTimeEpochSeconds();
      finished.add(
          event(
              JobChange.FINISHED,
              job,
              job.jobId(),
              tasks,
              job.slots(),
              startedAt,
              window.untilEpochSeconds(),
              null));
    }
  }

  private boolean isWanted(List<JobEvent> kind) {
    told++;
    return kind.size() < most;
  }

  /** What happened to how many, whether or not it is among {@link #events}. */
  long told() {
    return told;
  }

  /**
   * At most {@code limit} events: starts, which say how long jobs waited, go before ends, and ends
   * before what came and is still there to be seen.
   */
  List<JobEvent> events(int limit) {
    List<JobEvent> events = new ArrayList<>();
    for (List<JobEvent> kind : List.of(started, finished, submitted)) {
      events.addAll(kind.subList(0, Math.min(kind.size(), limit - events.size())));
    }
    return events;
  }

  /** A job that is completing holds none any more. */
  private static Integer slots(Job job, Integer askedSlots) {
    return job.slots() == null || job.slots() == 0 ? askedSlots : job.slots();
  }

  private JobEvent event(
      JobChange change,
      Job job,
      String jobId,
      int tasks,
      Integer slots,
      Long startedAt,
      Long finishedAt,
      Long wait) {
    return new JobEvent(
        change,
        window.seenAtEpochMillis(),
        Keys.cut(jobId),
        Keys.cut(job.jobOwner()),
        nameless(job.queueName()) ? null : Keys.ofQueue(job.queueName()),
        nameless(job.accountingId()) ? null : Keys.cut(job.accountingId()),
        tasks,
        slots == null ? 0 : slots,
        job.submissionTimeEpochSeconds(),
        startedAt,
        finishedAt,
        wait);
  }

  private static boolean nameless(String name) {
    return name == null || name.isBlank();
  }
}
