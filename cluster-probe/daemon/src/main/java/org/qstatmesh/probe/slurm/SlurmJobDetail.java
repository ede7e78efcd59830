package org.qstatmesh.probe.slurm;

import java.io.IOException;
import java.io.Reader;
import java.time.Instant;
import org.qstatmesh.probe.drms.Problems;
import org.qstatmesh.probe.drms.UnparsableException;
import org.qstatmesh.probe.pbs.TextPool;
import org.qstatmesh.wire.Job;
import org.qstatmesh.wire.JobDetail;
import org.qstatmesh.wire.JobState;

/**
 * {@code squeue -j ID} in the form of the listing: nothing but its fields can be in the answer, so
 * no script, argument, path or comment.
 */
final class SlurmJobDetail {
  private final String jobId;
  private final boolean hideJobNames;
  private final SlurmJob toJob;
  private JobDetail best;
  private int likeness;

  private SlurmJobDetail(String jobId, boolean hideJobNames) {
    this.jobId = jobId;
    this.hideJobNames = hideJobNames;
    this.toJob = new SlurmJob(new TextPool(), hideJobNames);
  }

  /** The job; null when it has ended, which squeue answers with nothing. */
  static JobDetail parse(
      Reader in, Problems problems, Mark mark, String jobId, boolean hideJobNames)
      throws IOException, UnparsableException {
    SlurmJobDetail answer = new SlurmJobDetail(jobId, hideJobNames);
    JobLines.read(in, mark, JobLines.Trust.UNMARKED_TOO, problems, answer::take);
    return answer.best;
  }

  private void take(JobRecord record) {
    Job job = toJob.of(record);
    int alike = job.jobState() == JobState.FINISHED ? 0 : JobIds.likeness(job.jobId(), jobId);
    if (alike > likeness) {
      likeness = alike;
      best = new JobDetail(job, job.reason(), text(record));
    }
  }

  private String text(JobRecord record) {
    StringBuilder text = new StringBuilder();
    for (JobField field : JobField.values()) {
      String value = Values.text(record.text(field));
      if (value != null && !(hideJobNames && field == JobField.NAME)) {
        text.append(field.label()).append(" = ").append(shown(field, value)).append('\n');
      }
    }
    return text.toString();
  }

  private static String shown(JobField field, String value) {
    return switch (field) {
      case SUBMIT_TIME, START_TIME, END_TIME -> {
        Long seconds = Values.epochSeconds(value);
        yield seconds == null ? value : Instant.ofEpochSecond(seconds).toString();
      }
      default -> value.replace("\\", "\\\\").replace("\n", "\\n");
    };
  }
}
