package org.qstatmesh.probe.slurm;

import java.io.IOException;
import java.io.Reader;
import java.util.function.Consumer;
import org.qstatmesh.probe.drms.Counting;
import org.qstatmesh.probe.drms.Problems;
import org.qstatmesh.probe.drms.UnparsableException;
import org.qstatmesh.probe.pbs.TextPool;
import org.qstatmesh.wire.Job;
import org.qstatmesh.wire.JobState;

/**
 * {@code squeue -a}: every job, every running task and, as one record, the waiting tasks of every
 * array. No text at all is an empty queue: a failing squeue ends with an exit code.
 */
final class SlurmJobs {
  private final SlurmJob toJob;
  private final Counting jobs;

  private SlurmJobs(boolean hideJobNames, Consumer<Job> sink) {
    this.toJob = new SlurmJob(new TextPool(), hideJobNames);
    this.jobs = new Counting(sink);
  }

  /** Reads {@code squeue -h -o}; how many jobs there were. */
  static int parse(
      Reader in,
      Problems problems,
      Mark mark,
      JobLines.Trust trust,
      boolean hideJobNames,
      Consumer<Job> sink)
      throws IOException, UnparsableException {
    SlurmJobs listing = new SlurmJobs(hideJobNames, sink);
    JobLines.read(in, mark, trust, problems, record -> listing.add(listing.toJob.of(record)));
    return listing.jobs.count();
  }

  /** Reads {@code squeue --json}; how many jobs there were. */
  static int parseJson(Reader in, Problems problems, boolean hideJobNames, Consumer<Job> sink)
      throws IOException, UnparsableException {
    SlurmJobs listing = new SlurmJobs(hideJobNames, sink);
    JsonRecords.read(
        in,
        JsonJob.FIELDS,
        problems,
        fields -> {
          JsonJob record = new JsonJob(fields);
          listing.add(record.resources().of(listing.toJob.of(record)));
        });
    return listing.jobs.count();
  }

  /** JSON has jobs that ended, too. */
  private void add(Job job) {
    if (job.jobState() != JobState.FINISHED) {
      jobs.accept(job);
    }
  }
}
