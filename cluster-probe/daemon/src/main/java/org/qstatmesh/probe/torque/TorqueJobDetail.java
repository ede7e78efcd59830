package org.qstatmesh.probe.torque;

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
 * {@code qstat -x ID}. Asked for {@code 15[]} TORQUE lists every job, so the one asked for is
 * looked for by its id.
 */
final class TorqueJobDetail {
  private final String jobId;
  private final boolean hideJobNames;
  private final TorqueJob toJob;
  private final List<JobDetail> found = new ArrayList<>(1);

  private TorqueJobDetail(String jobId, boolean hideJobNames) {
    this.jobId = jobId;
    this.hideJobNames = hideJobNames;
    this.toJob = new TorqueJob(new TextPool(), hideJobNames);
  }

  static JobDetail parse(Reader in, Problems problems, String jobId, boolean hideJobNames)
      throws IOException, UnparsableException {
    TorqueJobDetail listing = new TorqueJobDetail(jobId, hideJobNames);
    Predicate<String> allowed = JobText.allowed(hideJobNames);
    XmlRecords.read(
        in, "Job", name -> TorqueJob.reads(name) || allowed.test(name), problems, listing::take);
    if (listing.found.isEmpty()) {
      throw new UnparsableException("the job asked for is not in the answer");
    }
    return listing.found.get(0);
  }

  private void take(Attributes record) {
    if (JobIds.isSame(record.text("Job_Id"), jobId)) {
      Job job = toJob.of(record);
      found.add(new JobDetail(job, job.reason(), JobText.of(record, hideJobNames)));
    }
  }
}
