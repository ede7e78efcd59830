package org.qstatmesh.probe.openpbs;

import java.io.IOException;
import java.io.Reader;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.qstatmesh.probe.drms.Counting;
import org.qstatmesh.probe.drms.Problems;
import org.qstatmesh.probe.drms.UnparsableException;
import org.qstatmesh.probe.pbs.RecordHandler;
import org.qstatmesh.probe.pbs.TextPool;
import org.qstatmesh.wire.Job;
import org.qstatmesh.wire.JobState;

/**
 * {@code qstat -f}: every unfinished job, an array once with the counts of its tasks. No text at
 * all is no job at all: that is what qstat writes.
 */
final class OpenPbsJobs {
  private static final String BEGINNING = "Job Id: ";

  /** A text in which jobs are listed. */
  @FunctionalInterface
  interface Form {
    /** Hands on the records, each with the attributes wanted. */
    void read(Reader in, Predicate<String> wanted, Problems problems, RecordHandler handler)
        throws IOException, UnparsableException;
  }

  /** {@code -F dsv}. */
  static final Form DSV =
      (in, wanted, problems, handler) -> DsvRecords.read(in, BEGINNING, wanted, problems, handler);

  /** Without {@code -F}. */
  static final Form INDENTED = IndentedRecords::readJobs;

  private OpenPbsJobs() {}

  static int parse(
      Form form, Reader in, Problems problems, boolean hideJobNames, Consumer<Job> sink)
      throws IOException, UnparsableException {
    Counting jobs = new Counting(sink);
    OpenPbsJob toJobs = new OpenPbsJob(new TextPool(), hideJobNames);
    form.read(
        in,
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
