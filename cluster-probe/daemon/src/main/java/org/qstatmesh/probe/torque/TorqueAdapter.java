package org.qstatmesh.probe.torque;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.qstatmesh.probe.drms.Adapter;
import org.qstatmesh.probe.drms.Listing;
import org.qstatmesh.probe.drms.ServerFacts;
import org.qstatmesh.probe.maui.Maui;
import org.qstatmesh.probe.pbs.JobIds;
import org.qstatmesh.probe.pbs.QueueText;
import org.qstatmesh.probe.pbs.ServerText;
import org.qstatmesh.wire.Job;
import org.qstatmesh.wire.JobDetail;
import org.qstatmesh.wire.Node;
import org.qstatmesh.wire.Queue;

/**
 * TORQUE 4.2 to 6.1. Exit codes other than 0 are failures; {@code qstat -x ID} ends with 153 (PBS
 * error 15001) when there is no such job, see {@link #unknownJobExitCodes()}. Where Maui or Moab
 * schedules, it tells why jobs wait; what they are, and in which state, qstat does.
 */
public final class TorqueAdapter implements Adapter {
  private final boolean hideJobNames;
  private final boolean maui;

  /** An adapter where no Maui is; with {@code hideJobNames} no job has a name. */
  public TorqueAdapter(boolean hideJobNames) {
    this(hideJobNames, false);
  }

  /**
   * An adapter.
   *
   * @param hideJobNames whether no job has a name
   * @param maui whether the commands of Maui or Moab are here
   */
  public TorqueAdapter(boolean hideJobNames, boolean maui) {
    this.hideJobNames = hideJobNames;
    this.maui = maui;
  }

  @Override
  public String drms() {
    return "torque";
  }

  @Override
  public Listing<ServerFacts> server() {
    return new Listing<>("server", List.of("qstat", "-B", "-f"), Set.of(), ServerText::parse);
  }

  @Override
  public Listing<Integer> jobs(Consumer<Job> sink) {
    return jobs(List.of("qstat", "-f", "-x", "-t"), sink)
        .orElse(jobs(List.of("qstat", "-x"), sink));
  }

  /** Before 2.5 there is no {@code -t}: an array is one record then. */
  private Listing<Integer> jobs(List<String> argv, Consumer<Job> sink) {
    return new Listing<>(
        "jobs",
        argv,
        Set.of(),
        (in, problems) -> TorqueJobs.parse(in, problems, hideJobNames, sink));
  }

  @Override
  public Optional<Listing<UnaryOperator<Job>>> jobDetails() {
    return maui ? Optional.of(Maui.queue()) : Optional.empty();
  }

  @Override
  public Optional<Listing<UnaryOperator<Job>>> jobReasons() {
    return maui ? Optional.of(Maui.blocked()) : Optional.empty();
  }

  @Override
  public Listing<List<Node>> nodes() {
    return new Listing<>("nodes", List.of("pbsnodes", "-x"), Set.of(), TorqueNodes::parse);
  }

  @Override
  public Listing<List<Queue>> queues() {
    return new Listing<>("queues", List.of("qstat", "-Q", "-f"), Set.of(), QueueText::parse);
  }

  @Override
  public Listing<JobDetail> job(String jobId) {
    String id = JobIds.checked(jobId);
    return new Listing<>(
        "job",
        List.of("qstat", "-x", id),
        Set.of(),
        (in, problems) -> TorqueJobDetail.parse(in, problems, id, hideJobNames));
  }

  @Override
  public Optional<Listing<UnaryOperator<JobDetail>>> jobAdvice(String jobId) {
    String id = JobIds.checked(jobId);
    return maui ? Optional.of(Maui.job(id)) : Optional.empty();
  }

  @Override
  public Set<Integer> unknownJobExitCodes() {
    return Set.of(153);
  }
}
