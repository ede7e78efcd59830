package org.qstatmesh.probe.openpbs;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.qstatmesh.probe.drms.Adapter;
import org.qstatmesh.probe.drms.Listing;
import org.qstatmesh.probe.drms.ServerFacts;
import org.qstatmesh.probe.openpbs.OpenPbsJobs.Form;
import org.qstatmesh.probe.pbs.JobIds;
import org.qstatmesh.probe.pbs.QueueText;
import org.qstatmesh.probe.pbs.ServerText;
import org.qstatmesh.wire.Job;
import org.qstatmesh.wire.JobDetail;
import org.qstatmesh.wire.Node;
import org.qstatmesh.wire.Queue;

/**
 * OpenPBS, proven with 23.06. PBS Pro before 14 knows no {@code -F}: there the text of old is read.
 * The commands must run with {@code TZ=UTC}: times are printed in the zone of the client, without
 * naming it. {@code qstat -f ID} ends with 153 (error 15001) when there is no such job and with 35
 * when it has finished, see {@link #unknownJobExitCodes()}; of the listing of all jobs other codes
 * than 0 are failures.
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
    return new Listing<>(
        "server", List.of("qstat", "-Bf"), Set.of(), ServerText::parseWithJobCount);
  }

  @Override
  public Listing<Integer> jobs(Consumer<Job> sink) {
    return jobs(OpenPbsJobs.DSV, List.of("qstat", "-f", "-F", "dsv"), sink)
        .orElse(jobs(OpenPbsJobs.INDENTED, List.of("qstat", "-f"), sink));
  }

  private Listing<Integer> jobs(Form form, List<String> argv, Consumer<Job> sink) {
    return new Listing<>(
        "jobs",
        argv,
        Set.of(),
        (in, problems) -> OpenPbsJobs.parse(form, in, problems, hideJobNames, sink));
  }

  @Override
  public Listing<List<Node>> nodes() {
    return new Listing<>(
            "nodes", List.of("pbsnodes", "-av", "-F", "dsv"), Set.of(), OpenPbsNodes::parse)
        .orElse(
            new Listing<>(
                "nodes", List.of("pbsnodes", "-av"), Set.of(), OpenPbsNodes::parseIndented));
  }

  @Override
  public Listing<List<Queue>> queues() {
    return new Listing<>("queues", List.of("qstat", "-Qf"), Set.of(), QueueText::parse);
  }

  @Override
  public Listing<JobDetail> job(String jobId) {
    String id = JobIds.checked(jobId);
    return job(OpenPbsJobs.DSV, List.of("qstat", "-f", "-F", "dsv", id), id)
        .orElse(job(OpenPbsJobs.INDENTED, List.of("qstat", "-f", id), id));
  }

  private Listing<JobDetail> job(Form form, List<String> argv, String id) {
    return new Listing<>(
        "job",
        argv,
        Set.of(),
        (in, problems) -> OpenPbsJobDetail.parse(form, in, problems, id, hideJobNames));
  }

  @Override
  public Set<Integer> unknownJobExitCodes() {
    return Set.of(153, 35);
  }
}
