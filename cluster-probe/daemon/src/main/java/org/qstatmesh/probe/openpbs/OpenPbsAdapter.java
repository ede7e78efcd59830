package org.qstatmesh.probe.openpbs;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.qstatmesh.probe.drms.Adapter;
import org.qstatmesh.probe.drms.Listing;
import org.qstatmesh.probe.drms.ServerFacts;
import org.qstatmesh.probe.pbs.JobIds;
import org.qstatmesh.probe.pbs.QueueText;
import org.qstatmesh.probe.pbs.ServerText;
import org.qstatmesh.wire.Job;
import org.qstatmesh.wire.JobDetail;
import org.qstatmesh.wire.Node;
import org.qstatmesh.wire.Queue;

/**
 * OpenPBS, proven with 23.06. The commands must run with {@code TZ=UTC}: times are printed in the
 * zone of the client, without naming it. {@code qstat -f ID} ends with 153 (error 15001) when there
 * is no such job and with 35 when it has finished, see {@link #unknownJobExitCodes()}; of the
 * listing of all jobs other codes than 0 are failures.
 */
public final class OpenPbsAdapter implements Adapter {
  private final boolean hideJobNames;

  /** An adapter; with {@code hideJobNames} no job has a name. */
  public OpenPbsAdapter(boolean hideJobNames) {
    this.hideJobNames = hideJobNames;
  }

  @Override
  public String drms() {
    return "openpbs";
  }

  @Override
  public Listing<ServerFacts> server() {
    return new Listing<>("server", List.of("qstat", "-Bf"), Set.of(), ServerText::parse);
  }

  @Override
  public Listing<Integer> jobs(Consumer<Job> sink) {
    return new Listing<>(
        "jobs",
        List.of("qstat", "-f", "-F", "dsv"),
        Set.of(),
        (in, problems) -> OpenPbsJobs.parse(in, problems, hideJobNames, sink));
  }

  @Override
  public Listing<List<Node>> nodes() {
    return new Listing<>(
        "nodes", List.of("pbsnodes", "-av", "-F", "dsv"), Set.of(), OpenPbsNodes::parse);
  }

  @Override
  public Listing<List<Queue>> queues() {
    return new Listing<>("queues", List.of("qstat", "-Qf"), Set.of(), QueueText::parse);
  }

  @Override
  public Listing<JobDetail> job(String jobId) {
    String id = JobIds.checked(jobId);
    return new Listing<>(
        "job",
        List.of("qstat", "-f", "-F", "dsv", id),
        Set.of(),
        (in, problems) -> OpenPbsJobDetail.parse(in, problems, id, hideJobNames));
  }

  @Override
  public Set<Integer> unknownJobExitCodes() {
    return Set.of(153, 35);
  }
}
