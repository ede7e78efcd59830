package org.qstatmesh.probe.torque;

import java.util.List;
import java.util.Set;
import org.qstatmesh.probe.pbs.Attributes;
import org.qstatmesh.probe.pbs.CommonFields;
import org.qstatmesh.probe.pbs.JobLetter;
import org.qstatmesh.probe.pbs.TextPool;
import org.qstatmesh.wire.Job;

/** One record of {@code qstat -x} as a job. */
final class TorqueJob {
  private static final Set<String> READ =
      Set.of(
          "Job_Id",
          "exec_host",
          "exec_gpus",
          "resources_used.walltime",
          "start_time",
          "job_array_request");

  private final TextPool pool;
  private final CommonFields common;

  TorqueJob(TextPool pool, boolean hideJobNames) {
    this.pool = pool;
    this.common = new CommonFields(pool, hideJobNames);
  }

  /** Whether an attribute is read here. */
  static boolean reads(String attribute) {
    return READ.contains(attribute) || CommonFields.reads(attribute) || Request.reads(attribute);
  }

  /**
   * The job.
   *
   * @throws IllegalArgumentException when it has no id or owner, or its cores cannot be told
   */
  Job of(Attributes record) {
    String letter = record.text("job_state");
    Job.Builder job = common.of(record.text("Job_Id"), letter, record);
    return switch (JobLetter.stateOf(letter)) {
      case RUNNING -> running(job, record).build();
      case SUSPENDED -> suspended(job, record).build();
      default -> asked(job, record).build();
    };
  }

  private Job.Builder running(Job.Builder job, Attributes record) {
    ExecHost cores = given(record, "exec_host");
    if (cores == null) {
      return timed(asked(job, record), record);
    }
    ExecHost gpus = given(record, "exec_gpus");
    return placed(timed(job, record), cores)
        .slots(cores.count())
        .gpus(gpus == null ? 0 : gpus.count());
  }

  /** Where it was stopped; it holds nothing there. */
  private Job.Builder suspended(Job.Builder job, Attributes record) {
    ExecHost cores = given(record, "exec_host");
    Job.Builder stopped = timed(job, record).slots(0).gpus(0);
    return cores == null ? stopped : placed(stopped, cores);
  }

  private Job.Builder placed(Job.Builder job, ExecHost cores) {
    List<String> names = cores.hosts().stream().map(pool::one).toList();
    return job.nodeNames(names).nodeCount(names.size());
  }

  private static Job.Builder timed(Job.Builder job, Attributes record) {
    return job.dispatchTimeEpochSeconds(record.epochSeconds("start_time"))
        .wallclockTimeSeconds(record.seconds("resources_used.walltime"));
  }

  private static Job.Builder asked(Job.Builder job, Attributes record) {
    Request asked = Request.of(record);
    return job.slots(asked.slots()).gpus(asked.gpus()).nodeCount(asked.nodes());
  }

  private static ExecHost given(Attributes record, String attribute) {
    String value = record.whole(attribute);
    return value == null || value.isEmpty() ? null : ExecHost.parse(value, attribute);
  }
}
