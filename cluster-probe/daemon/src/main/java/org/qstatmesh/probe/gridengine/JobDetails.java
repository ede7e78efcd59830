package org.qstatmesh.probe.gridengine;

import java.util.Map;
import java.util.function.UnaryOperator;
import org.qstatmesh.probe.reason.WaitSentence;
import org.qstatmesh.wire.Job;
import org.qstatmesh.wire.JobState;

/** What {@code qstat -j * -xml} adds to the jobs, one after the other; one listing, one thread. */
final class JobDetails implements UnaryOperator<Job> {
  private final Map<String, SubmittedJob> jobs;
  private final Map<String, WaitSentence> reasons;
  private long lastEventEpochSeconds;

  /**
   * What was read.
   *
   * @param jobs by number
   * @param reasons why jobs wait, by number; the scheduler tells only where {@code schedd_job_info}
   *     is on
   */
  JobDetails(Map<String, SubmittedJob> jobs, Map<String, WaitSentence> reasons) {
    this.jobs = jobs;
    this.reasons = reasons;
    jobs.values().forEach(job -> happened(job.submissionTimeEpochSeconds()));
  }

  private void happened(Long epochSeconds) {
    lastEventEpochSeconds = Math.max(lastEventEpochSeconds, orZero(epochSeconds));
  }

  /**
   * The job with its group, account, limit and reason. Those that run come before those that wait.
   */
  @Override
  public Job apply(Job job) {
    happened(job.submissionTimeEpochSeconds());
    happened(job.dispatchTimeEpochSeconds());
    String number = JobNumbers.jobOf(job.jobId());
    SubmittedJob submitted = jobs.get(number);
    // numbers begin again at 1: between the two commands one may have been given anew
    if (submitted == null || !job.jobOwner().equals(submitted.owner())) {
      return job;
    }
    Long submittedAt = submitted.submissionTimeEpochSeconds();
    Job.Builder completed =
        job.toBuilder()
            .groupName(submitted.group())
            .accountingId(submitted.account())
            .queueName(job.queueName() == null ? submitted.queues() : job.queueName())
            .submissionTimeEpochSeconds(
                submittedAt == null ? job.submissionTimeEpochSeconds() : submittedAt)
            .wallclockLimitSeconds(submitted.wallclockLimitSeconds())
            .priority(submitted.priority());
    if (job.jobState() == JobState.QUEUED || job.jobState() == JobState.HELD) {
      WaitSentence message = reasons.get(number);
      boolean early = message == WaitSentence.START_TIME || (message == null && isLater(submitted));
      completed =
          completed
              .jobState(early ? JobState.HELD : job.jobState())
              .reason(reason(job, submitted, message, early));
    }
    return completed.build();
  }

  /**
   * Whether its start time is still to come, without a clock: nothing listed happened after it. The
   * scheduler's own word is better where there is one.
   */
  private boolean isLater(SubmittedJob job) {
    return orZero(job.startAfterEpochSeconds()) > lastEventEpochSeconds;
  }

  private static String reason(
      Job job, SubmittedJob submitted, WaitSentence message, boolean early) {
    if (job.jobSubState() != null && job.jobSubState().indexOf('E') >= 0) {
      return WaitSentence.FAILED.sentence();
    }
    if (submitted.waitsForAnother()) {
      return WaitSentence.ANOTHER_JOB.sentence();
    }
    if (job.jobState() == JobState.HELD) {
      return WaitSentence.HOLD.sentence();
    }
    if (early) {
      return WaitSentence.START_TIME.sentence();
    }
    return message == null ? null : message.sentence();
  }

  private static long orZero(Long time) {
    return time == null ? 0 : time;
  }
}
