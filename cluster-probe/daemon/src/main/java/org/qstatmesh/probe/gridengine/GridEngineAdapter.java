package org.qstatmesh.probe.gridengine;

import java.io.IOException;
import java.io.Reader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.qstatmesh.probe.drms.Adapter;
import org.qstatmesh.probe.drms.Listing;
import org.qstatmesh.probe.drms.Problems;
import org.qstatmesh.probe.drms.ServerFacts;
import org.qstatmesh.probe.drms.Supplement;
import org.qstatmesh.probe.drms.UnparsableException;
import org.qstatmesh.probe.pbs.TextPool;
import org.qstatmesh.probe.reason.WaitSentence;
import org.qstatmesh.wire.Job;
import org.qstatmesh.wire.JobDetail;
import org.qstatmesh.wire.Node;
import org.qstatmesh.wire.Queue;
import org.qstatmesh.wire.Visibility;

/**
 * Grid Engine 8.1.9 and its relatives. The commands need {@code SGE_ROOT} and must run with {@code
 * TZ=UTC}: times of running jobs are printed in the zone of the client, without naming it. An
 * unknown job is no failure of {@code qstat -j ID -xml}: it ends with 0 and an {@code
 * <unknown_jobs>} document.
 */
public final class GridEngineAdapter implements Adapter {
  private final boolean hideJobNames;
  private final ActingMaster master;

  /** An adapter; with {@code hideJobNames} no job has a name. */
  public GridEngineAdapter(boolean hideJobNames) {
    this(hideJobNames, ActingMaster.of(System.getenv()));
  }

  GridEngineAdapter(boolean hideJobNames, ActingMaster master) {
    this.hideJobNames = hideJobNames;
    this.master = master;
  }

  @Override
  public String drms() {
    return "gridengine";
  }

  @Override
  public Listing<ServerFacts> server() {
    return new Listing<>(
        "server",
        List.of("qstat", "-help"),
        Set.of(),
        // every user sees all jobs with -u *: nothing in Grid Engine's configuration hides them
        (in, problems) -> new ServerFacts(HelpText.version(in), master.hostName(), Visibility.ALL));
  }

  @Override
  public Listing<Integer> jobs(Consumer<Job> sink) {
    return jobs(List.of("qstat", "-f", "-u", "*", "-xml"), sink)
        .orElse(jobs(List.of("qstat", "-u", "*", "-xml"), sink));
  }

  /** Without {@code -f} a job over several hosts is listed on the one where it began. */
  private Listing<Integer> jobs(List<String> argv, Consumer<Job> sink) {
    return new Listing<>(
        "jobs",
        argv,
        Set.of(),
        (in, problems) -> GridEngineJobs.parse(in, problems, hideJobNames, sink));
  }

  @Override
  public Optional<Listing<UnaryOperator<Job>>> jobDetails() {
    return Optional.of(
        new Listing<>(
            "jobDetails",
            List.of("qstat", "-j", "*", "-xml"),
            Set.of(),
            GridEngineAdapter::parseDetails));
  }

  private static JobDetails parseDetails(Reader in, Problems problems)
      throws IOException, UnparsableException {
    Map<String, SubmittedJob> jobs = new HashMap<>();
    TextPool pool = new TextPool();
    Map<String, WaitSentence> reasons =
        JobDetailListing.read(
            in, problems, job -> jobs.put(job.jobNumber(), job.toSubmittedJob(pool)));
    return new JobDetails(jobs, reasons);
  }

  @Override
  public Listing<List<Node>> nodes() {
    return new Listing<>("nodes", hostsWithQueues(), Set.of(), GridEngineNodes::parse);
  }

  @Override
  public Optional<Supplement<List<Node>, ?>> nodeSupplement() {
    Listing<Map<String, Integer>> slotsLeft =
        new Listing<>(
            "nodeDetails",
            List.of("qhost", "-F", "-xml"),
            Set.of(),
            GridEngineNodes::parseSlotsLeft);
    return Optional.of(new Supplement<>(slotsLeft, GridEngineNodes::limited));
  }

  @Override
  public Listing<List<Queue>> queues() {
    return new Listing<>("queues", hostsWithQueues(), Set.of(), GridEngineQueues::parse);
  }

  private static List<String> hostsWithQueues() {
    return List.of("qhost", "-q", "-xml");
  }

  @Override
  public Listing<JobDetail> job(String jobId) {
    String id = JobNumbers.checked(jobId);
    return new Listing<>(
        "job",
        List.of("qstat", "-j", JobNumbers.jobOf(id), "-xml"),
        Set.of(),
        (in, problems) -> GridEngineJobDetail.parse(in, problems, id, hideJobNames));
  }
}
