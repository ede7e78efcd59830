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
 * {@code squeue -a -h -o}: every job, every running task and, as one record, the waiting tasks of
 * every array. No text at all is an empty queue: a failing squeue ends with an exit code.
 */
final class SlurmJobs {
  private SlurmJobs() {}

  static int parse(
      Reader in, Problems problems, Mark mark, boolean hideJobNames, Consumer<Job> sink)
      throws IOException, UnparsableException {
    Counting jobs = new Counting(sink);
    SlurmJob toJob = new SlurmJob(new TextPool(), hideJobNames);
    JobLines.read(
        in,
        mark,
        problems,
        record -> {
          Job job = toJob.of(record);
          if (job.jobState() != JobState.FINISHED) {
            jobs.accept(job);
          }
        });
    return jobs.count();
  }
}
