package org.qstatmesh.probe.maui;

import java.util.function.UnaryOperator;
import org.qstatmesh.wire.Job;
import org.qstatmesh.wire.JobDetail;
import org.qstatmesh.wire.JobState;

/**
 * What {@code checkjob -v} adds to a job that {@code qstat} knows: its lines, why the job waits,
 * and when it is expected to start.
 *
 * @param lines allowed lines, each with its newline
 * @param reason in plain words, or as Maui words it; null when it gives none
 * @param namesHolder whether the reason is more than that somebody holds it
 * @param queuedSeconds how long the job has been queued; null when it does not say
 * @param startsInSeconds until the reservation of a waiting job; null when it has none
 */
record CheckedJob(
    String lines, String reason, boolean namesHolder, Long queuedSeconds, Long startsInSeconds)
    implements UnaryOperator<JobDetail> {

  /** Below the wire's longest string, with room for its escapes. */
  private static final int LONGEST_TEXT = 56 << 10;

  @Override
  public JobDetail apply(JobDetail known) {
    Job job = known.job();
    if (job.jobState() != JobState.QUEUED && job.jobState() != JobState.HELD) {
      return new JobDetail(job, known.reason(), text(known.text()));
    }
    // qstat knows who holds a job, Maui why one that nobody holds is not started
    boolean better =
        reason != null
            && (known.reason() == null || (job.jobState() == JobState.QUEUED && namesHolder));
    String words = better ? reason : known.reason();
    Job explained =
        job.toBuilder().reason(words).expectedStartEpochSeconds(expectedStart(job)).build();
    return new JobDetail(explained, words, text(known.text()));
  }

  private String text(String attributes) {
    return attributes.length() + lines.length() > LONGEST_TEXT ? attributes : attributes + lines;
  }

  /** Without a clock: Maui counts both times from the moment of its answer. */
  private Long expectedStart(Job job) {
    Long submitted = job.submissionTimeEpochSeconds();
    return submitted == null || queuedSeconds == null || startsInSeconds == null
        ? job.expectedStartEpochSeconds()
        : Long.valueOf(submitted + queuedSeconds + startsInSeconds);
  }
}
