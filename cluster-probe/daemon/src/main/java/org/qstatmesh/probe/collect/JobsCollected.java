package org.qstatmesh.probe.collect;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.qstatmesh.probe.drms.TooManyRecordsException;
import org.qstatmesh.wire.EncodedRecords;
import org.qstatmesh.wire.Job;
import org.qstatmesh.wire.JobState;
import org.qstatmesh.wire.summary.JobTally;

/** Where the jobs of one collection go: encoded and counted at once, not kept. One thread. */
final class JobsCollected implements Consumer<Job> {
  /** The last picture is kept beside the next one, and a reply is made of either. */
  private static final int SHARE_OF_MEMORY = 3;

  /** The size is asked for once in so many jobs. */
  private static final int CHECKED_EVERY = 1_024;

  private final UnaryOperator<Job> completion;
  private final long mostBytes = Runtime.getRuntime().maxMemory() / SHARE_OF_MEMORY;
  private final EncodedRecords<Job> encoded = EncodedRecords.ofJobs();
  private final Set<String> owners = new HashSet<>();
  private final Set<String> arrays = new HashSet<>();
  private final JobTally tally;
  private int countedByServer;

  /** Jobs pass through {@code completion} before they are encoded and, if wanted, summed up. */
  JobsCollected(UnaryOperator<Job> completion, boolean summed) {
    this.completion = completion;
    this.tally = summed ? new JobTally() : null;
  }

  @Override
  public void accept(Job listed) {
    Job job = completion.apply(listed);
    encoded.add(job);
    if (encoded.size() % CHECKED_EVERY == 0 && encoded.packedBytes() > mostBytes) {
      throw new TooManyRecordsException(
          "more than "
              + encoded.size()
              + " jobs do not fit into the memory it has; give it more with -Xmx");
    }
    countedByServer += countedByServer(listed);
    owners.add(job.jobOwner());
    if (tally != null) {
      tally.accept(job);
    }
  }

  /** An OpenPBS array is a job, and so is each task of it that has started. */
  private int countedByServer(Job job) {
    if (!job.jobId().contains("[]")) {
      return 1;
    }
    boolean started = job.jobState() == JobState.RUNNING || job.jobState() == JobState.SUSPENDED;
    return (arrays.add(job.jobId()) ? 1 : 0) + (started ? job.taskCount() : 0);
  }

  /** How many they are as the server counts them, see {@link MissingJobs}. */
  int countedByServer() {
    return countedByServer;
  }

  EncodedRecords<Job> encoded() {
    return encoded;
  }

  /** What was counted; null where nobody wanted it. */
  JobTally tally() {
    return tally;
  }

  JobCensus census() {
    return new JobCensus(encoded.size(), owners.size());
  }
}
