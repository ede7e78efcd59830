package org.qstatmesh.probe.torque;

import java.io.IOException;
import java.io.PushbackReader;
import java.io.Reader;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.qstatmesh.probe.drms.Counting;
import org.qstatmesh.probe.drms.Problems;
import org.qstatmesh.probe.drms.UnparsableException;
import org.qstatmesh.probe.pbs.Attributes;
import org.qstatmesh.probe.pbs.TextPool;
import org.qstatmesh.wire.Job;
import org.qstatmesh.wire.JobState;

/**
 * {@code qstat -f -x -t}: every job and every array task once. Finished ones (C, listed for
 * keep_completed seconds) are left out.
 *
 * <p>No text at all with exit code 0 is qstat's word for "nothing to list"; 6.1.3 writes an empty
 * {@code <Data>} instead.
 */
final class TorqueJobs {
  private static final String ARRAY = "[]";

  private final Counting jobs;
  private final List<Job> arrays = new ArrayList<>();
  private final Set<String> arraysWithTasks = new HashSet<>();
  private final TorqueJob toJob;

  private TorqueJobs(boolean hideJobNames, Consumer<Job> sink) {
    this.jobs = new Counting(sink);
    this.toJob = new TorqueJob(new TextPool(), hideJobNames);
  }

  static int parse(Reader in, Problems problems, boolean hideJobNames, Consumer<Job> sink)
      throws IOException, UnparsableException {
    PushbackReader text = new PushbackReader(in);
    int first = text.read();
    if (first < 0) {
      return 0;
    }
    text.unread(first);
    TorqueJobs listing = new TorqueJobs(hideJobNames, sink);
    XmlRecords.read(text, "Job", TorqueJob::reads, problems, listing::take);
    return listing.withArrays();
  }

  private void take(Attributes record) {
    Job job = toJob.of(record);
    String id = job.jobId();
    int bracket = id.indexOf('[');
    boolean array = bracket >= 0 && id.startsWith(ARRAY, bracket);
    if (bracket >= 0 && !array) {
      arraysWithTasks.add(id.substring(0, bracket));
    }
    if (job.jobState() == JobState.FINISHED) {
      return;
    }
    if (array) {
      arrays.add(unlisted(job, record));
    } else {
      jobs.accept(job);
    }
  }

  /**
   * An array whose tasks are not listed, as a server without {@code -t} shows it. While it waits
   * all its tasks do; once it runs nobody says how many of them.
   */
  private static Job unlisted(Job array, Attributes record) {
    if (array.jobState() == JobState.QUEUED || array.jobState() == JobState.HELD) {
      return array.toBuilder().taskCount(taskCount(record.text("job_array_request"))).build();
    }
    return array.toBuilder().jobState(JobState.UNDETERMINED).slots(null).gpus(null).build();
  }

  /**
   * Of {@code 0-9%4} or {@code 3,7,11-13}: the number behind the sign is how many may run at a
   * time.
   */
  private static int taskCount(String request) {
    if (request == null) {
      return 1;
    }
    int limit = request.indexOf('%');
    BitSet tasks = new BitSet();
    CoreRanges.add(tasks, limit < 0 ? request : request.substring(0, limit), "job_array_request");
    return tasks.cardinality();
  }

  private int withArrays() {
    for (Job array : arrays) {
      String number = array.jobId().substring(0, array.jobId().indexOf('['));
      if (!arraysWithTasks.contains(number)) {
        jobs.accept(array);
      }
    }
    return jobs.count();
  }
}
