package org.qstatmesh.probe.openpbs;

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
 * {@code qstat -f -F dsv}: every unfinished job, an array once with the counts of its tasks. No
 * text at all is no job at all: that is what qstat writes.
 */
final class OpenPbsJobs {
  static final String BEGINNING = "Job Id: ";

  private OpenPbsJobs() {}

  static int parse(Reader in, Problems problems, boolean hideJobNames, Consumer<Job> sink)
      throws IOException, UnparsableException {
    Counting jobs = new Counting(sink);
    OpenPbsJob toJobs = new OpenPbsJob(new TextPool(), hideJobNames);
    DsvRecords.read(
        in,
        BEGINNING,
        OpenPbsJob::reads,
        problems,
        record -> {
          for (Job job : toJobs.of(record)) {
            if (job.jobState() != JobState.FINISHED) {
              jobs.accept(job);
            }
          }
        });
    return jobs.count();
  }
}
