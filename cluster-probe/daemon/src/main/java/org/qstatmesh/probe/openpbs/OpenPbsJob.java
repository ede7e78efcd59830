package org.qstatmesh.probe.openpbs;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.qstatmesh.probe.pbs.Attributes;
import org.qstatmesh.probe.pbs.CommonFields;
import org.qstatmesh.probe.pbs.JobLetter;
import org.qstatmesh.probe.pbs.TextPool;
import org.qstatmesh.wire.Job;

/**
 * One record of {@code qstat -f -F dsv} as a job, or as one job for each state its tasks are in.
 */
final class OpenPbsJob {
  private static final String TASKS = "array_state_count";

  private static final Set<String> READ =
      Set.of(
          "Job Id",
          TASKS,
          "exec_host",
          "exec_vnode",
          "Resource_List.ncpus",
          "Resource_List.ngpus",
          "Resource_List.nodect",
          "Resource_List.place",
          "resources_used.walltime",
          "stime",
          "estimated.start_time");

  private final TextPool pool;
  private final CommonFields common;

  OpenPbsJob(TextPool pool, boolean hideJobNames) {
    this.pool = pool;
    this.common = new CommonFields(pool, hideJobNames);
  }

  /** Whether an attribute is read here. */
  static boolean reads(String attribute) {
    return READ.contains(attribute) || CommonFields.reads(attribute);
  }

  /**
   * The job, alone in its list; of an array one entry for each state with unfinished tasks, so
   * possibly none.
   *
   * @throws IllegalArgumentException when it has no id or owner, or its cores or tasks cannot be
   *     told
   */
  List<Job> of(Attributes record) {
    String tasks = record.text(TASKS);
    if (tasks == null) {
      return List.of(of(record, record.text("job_state"), 1));
    }
    List<Job> jobs = new ArrayList<>();
    for (Map.Entry<JobLetter, Integer> entry : ArrayTasks.parse(tasks).entrySet()) {
      jobs.add(of(record, entry.getKey().name(), entry.getValue()));
    }
    return jobs;
  }

  private Job of(Attributes record, String letter, int taskCount) {
    Job.Builder job = common.of(record.text("Job Id"), letter, record).taskCount(taskCount);
    return switch (JobLetter.stateOf(letter)) {
      case RUNNING -> started(withCoresGiven(job, record), record).build();
      case SUSPENDED -> started(job.slots(0).gpus(0), record).build();
      default ->
          withCoresAsked(job, record)
              .nodeCount(hostsAsked(record))
              .expectedStartEpochSeconds(record.epochSeconds("estimated.start_time"))
              .build();
    };
  }

  /**
   * The tasks of an array start and are placed each by itself; the array's record says what one of
   * them asked for, and when the first one started, which is not told as the start of all.
   */
  private Job.Builder started(Job.Builder job, Attributes record) {
    List<String> hosts = hosts(record.whole("exec_host"));
    boolean array = record.has(TASKS);
    return job.nodeNames(hosts)
        .nodeCount(hosts.isEmpty() ? hostsAsked(record) : Integer.valueOf(hosts.size()))
        .dispatchTimeEpochSeconds(array ? null : record.epochSeconds("stime"))
        .wallclockTimeSeconds(record.seconds("resources_used.walltime"));
  }

  private static Job.Builder withCoresGiven(Job.Builder job, Attributes record) {
    String given = record.whole("exec_vnode");
    if (given == null || given.isEmpty()) {
      return withCoresAsked(job, record);
    }
    ExecVnode vnodes = ExecVnode.parse(given);
    return job.slots(vnodes.slots()).gpus(vnodes.gpus());
  }

  private static Job.Builder withCoresAsked(Job.Builder job, Attributes record) {
    return job.slots(asked(record, "Resource_List.ncpus", 1))
        .gpus(asked(record, "Resource_List.ngpus", 0));
  }

  private static int asked(Attributes record, String resource, int nothingAsked) {
    Integer count = record.count(resource);
    return count == null ? nothingAsked : count;
  }

  /**
   * {@code nodect} counts chunks: they are hosts only when there is one, or when they must be
   * scattered.
   */
  private static Integer hostsAsked(Attributes record) {
    Integer chunks = record.count("Resource_List.nodect");
    String place = record.text("Resource_List.place");
    boolean scattered = place != null && place.startsWith("scatter");
    return chunks != null && (chunks == 1 || scattered) ? chunks : null;
  }

  /** Of {@code n003/0*16+n004/0*16}: each host once. */
  private List<String> hosts(String execHost) {
    if (execHost == null || execHost.isEmpty()) {
      return List.of();
    }
    Set<String> hosts = new LinkedHashSet<>();
    for (String entry : execHost.split("\\+", -1)) {
      int slash = entry.indexOf('/');
      if (slash < 1) {
        throw new IllegalArgumentException("exec_host names no host");
      }
      hosts.add(pool.one(entry.substring(0, slash)));
    }
    return List.copyOf(hosts);
  }
}
