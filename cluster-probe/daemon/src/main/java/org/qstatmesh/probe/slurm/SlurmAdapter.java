package org.qstatmesh.probe.slurm;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.qstatmesh.probe.drms.Adapter;
import org.qstatmesh.probe.drms.Listing;
import org.qstatmesh.probe.drms.ServerFacts;
import org.qstatmesh.wire.Job;
import org.qstatmesh.wire.JobDetail;
import org.qstatmesh.wire.Node;
import org.qstatmesh.wire.Queue;

/**
 * Slurm 22.05 to 25.x. Its text commands end with 1 when slurmctld or munge does not answer, after
 * ten seconds at most.
 */
public final class SlurmAdapter implements Adapter {
  private static final int FAILED = 1;
  private static final String UNKNOWN_JOB = "Invalid job id specified";

  private final boolean hideJobNames;

  /** An adapter; with {@code hideJobNames} no job has a name. */
  public SlurmAdapter(boolean hideJobNames) {
    this.hideJobNames = hideJobNames;
  }

  @Override
  public String drms() {
    return "slurm";
  }

  @Override
  public Listing<ServerFacts> server() {
    return new Listing<>(
        "server", List.of("scontrol", "show", "config"), Set.of(), SlurmConfig::parse);
  }

  @Override
  public Listing<Integer> jobs(Consumer<Job> sink) {
    Mark mark = Mark.random();
    return new Listing<>(
        "jobs",
        List.of("squeue", "-a", "-h", "-o", JobField.format()),
        mark.environment(),
        Set.of(),
        (in, problems) -> SlurmJobs.parse(in, problems, mark, hideJobNames, sink));
  }

  @Override
  public Listing<List<Node>> nodes() {
    return new Listing<>(
        "nodes", List.of("scontrol", "-o", "show", "node"), Set.of(), SlurmNodes::parse);
  }

  @Override
  public Listing<List<Queue>> queues() {
    return new Listing<>(
        "queues",
        List.of("scontrol", "-a", "-o", "show", "partition"),
        Set.of(),
        SlurmPartitions::parse);
  }

  @Override
  public Listing<JobDetail> job(String jobId) {
    String asked = JobIds.askedOf(jobId);
    Mark mark = Mark.random();
    return new Listing<>(
        "job",
        List.of("squeue", "-a", "-h", "-j", asked, "-o", JobField.format()),
        mark.environment(),
        Set.of(),
        (in, problems) -> SlurmJobDetail.parse(in, problems, mark, jobId, hideJobNames));
  }

  /** The same exit code says that slurmctld is down. */
  @Override
  public boolean isUnknownJob(int exitCode, String complaint) {
    return exitCode == FAILED && complaint.contains(UNKNOWN_JOB);
  }
}
