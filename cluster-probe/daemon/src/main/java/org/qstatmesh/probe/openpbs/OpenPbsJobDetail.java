package org.qstatmesh.probe.openpbs;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.qstatmesh.probe.drms.Problems;
import org.qstatmesh.probe.drms.UnparsableException;
import org.qstatmesh.probe.pbs.Attributes;
import org.qstatmesh.probe.pbs.JobIds;
import org.qstatmesh.probe.pbs.JobText;
import org.qstatmesh.probe.pbs.TextPool;
import org.qstatmesh.wire.Job;
import org.qstatmesh.wire.JobDetail;

/**
 * {@code qstat -f ID}. Of an array the record is that of its queued tasks first, else of its
 * running ones.
 */
final class OpenPbsJobDetail {
  private final String jobId;
  private final boolean hideJobNames;
  private final OpenPbsJob toJobs;
  private final List<JobDetail> found = new ArrayList<>(1);

  private OpenPbsJobDetail(String jobId, boolean hideJobNames) {
    this.jobId = jobId;
    this.hideJobNames = hideJobNames;
    this.toJobs = new OpenPbsJob(new TextPool(), hideJobNames);
  }

  static JobDetail parse(
      OpenPbsJobs.Form form, Reader in, Problems problems, String jobId, boolean hideJobNames)
      throws IOException, UnparsableException {
    OpenPbsJobDetail listing = new OpenPbsJobDetail(jobId, hideJobNames);
    Predicate<String> allowed = JobText.allowed(hideJobNames);
    form.read(in, name -> OpenPbsJob.reads(name) || allowed.test(name), problems, listing::take);
    if (listing.found.isEmpty()) {
      throw new UnparsableException("the job asked for is not in the answer");
    }
    return listing.found.get(0);
  }

  private void take(Attributes record) {
    if (!JobIds.isSame(record.text("Job Id"), jobId)) {
      return;
    }
    List<Job> jobs = toJobs.of(record);
    if (jobs.isEmpty()) {
      throw new IllegalArgumentException("every task of the array has ended");
    }
    Job job = jobs.get(jobs.size() - 1);
    for (Job candidate : jobs) {
      job = "Q".equals(candidate.jobSubState()) ? candidate : job;
    }
    found.add(new JobDetail(job, job.reason(), JobText.of(record, hideJobNames)));
  }
}
