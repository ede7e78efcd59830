package org.qstatmesh.probe.gridengine;

import java.io.IOException;
import java.io.Reader;
import java.util.Map;
import org.qstatmesh.probe.drms.Problems;
import org.qstatmesh.probe.drms.UnparsableException;
import org.qstatmesh.probe.pbs.TextPool;
import org.qstatmesh.probe.reason.WaitSentence;
import org.qstatmesh.wire.Job;
import org.qstatmesh.wire.JobDetail;
import org.qstatmesh.wire.JobState;

/**
 * {@code qstat -j ID -xml}. It says what was asked for, not in which state the job is: a suspended
 * job looks like a running one there. So the state of the record is HELD or UNDETERMINED, and the
 * row of the listing stays the better source of it.
 */
final class GridEngineJobDetail {
  private final String jobId;
  private final boolean hideJobName;
  private SubmittedAttributes found;

  private GridEngineJobDetail(String jobId, boolean hideJobName) {
    this.jobId = jobId;
    this.hideJobName = hideJobName;
  }

  /** The job, or null when the scheduler does not know it. */
  static JobDetail parse(Reader in, Problems problems, String jobId, boolean hideJobName)
      throws IOException, UnparsableException {
    GridEngineJobDetail detail = new GridEngineJobDetail(jobId, hideJobName);
    Map<String, WaitSentence> reasons = JobDetailListing.read(in, problems, detail::take);
    if (detail.found == null) {
      return null;
    }
    try {
      return detail.of(detail.found, reasons.get(JobNumbers.jobOf(jobId)));
    } catch (IllegalArgumentException e) {
      throw new UnparsableException("the job asked for: " + e.getMessage());
    }
  }

  private void take(SubmittedAttributes job) {
    if (job.jobNumber().equals(JobNumbers.jobOf(jobId))) {
      found = job;
    }
  }

  private JobDetail of(SubmittedAttributes job, WaitSentence message) {
    SubmittedJob submitted = job.toSubmittedJob(new TextPool());
    boolean held =
        submitted.waitsForAnother()
            || message == WaitSentence.HOLD
            || message == WaitSentence.START_TIME
            || message == WaitSentence.FAILED;
    WaitSentence reason = submitted.waitsForAnother() ? WaitSentence.ANOTHER_JOB : message;
    Job record =
        Job.builder(jobId, submitted.owner(), held ? JobState.HELD : JobState.UNDETERMINED)
            .jobName(hideJobName ? null : job.jobName())
            .groupName(submitted.group())
            .accountingId(submitted.account())
            .queueName(submitted.queues())
            .taskCount(jobId.equals(job.jobNumber()) ? job.taskCount() : 1)
            .slots(job.slots())
            .submissionTimeEpochSeconds(submitted.submissionTimeEpochSeconds())
            .wallclockLimitSeconds(submitted.wallclockLimitSeconds())
            .priority(submitted.priority())
            .reason(reason == null ? null : reason.sentence())
            .build();
    return new JobDetail(record, record.reason(), job.text(hideJobName));
  }
}
