package org.qstatmesh.wire.summary;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.qstatmesh.wire.Job;
import org.qstatmesh.wire.JobState;
import org.qstatmesh.wire.Queue;
import org.qstatmesh.wire.Summary;

/**
 * Counts jobs one at a time, so that nobody must keep them. What it holds grows with users, groups,
 * accounts and queues. Not thread-safe.
 */
public final class JobTally implements Consumer<Job> {
  private final Map<JobState, IntSum> tasks = new EnumMap<>(JobState.class);
  private final UseTally users = new UseTally(job -> Keys.of(job.jobOwner()));
  private final UseTally groups = new UseTally(job -> Keys.of(job.groupName()));
  private final UseTally accounts = new UseTally(job -> Keys.of(job.accountingId()));
  private final UseTally queues = new UseTally(job -> Keys.ofQueue(job.queueName()));
  private final WaitTally waiting = new WaitTally();
  private final IntSum runningGpus = new IntSum();

  /** Counts nothing yet. */
  public JobTally() {
    for (JobState state : JobState.values()) {
      tasks.put(state, new IntSum());
    }
  }

  /** What the list comes to. */
  public static JobTally of(List<Job> jobs) {
    JobTally tally = new JobTally();
    jobs.forEach(tally);
    return tally;
  }

  @Override
  public void accept(Job job) {
    tasks.get(job.jobState()).add(job.taskCount());
    users.add(job);
    groups.add(job);
    accounts.add(job);
    queues.add(job);
    switch (job.jobState()) {
      case QUEUED, HELD -> waiting.add(job);
      case RUNNING -> runningGpus.addTimes(job.gpus(), job.taskCount());
      case SUSPENDED, UNDETERMINED, FINISHED -> {}
    }
  }

  Summary.Jobs byState() {
    return new Summary.Jobs(
        tasks.get(JobState.RUNNING).value(),
        tasks.get(JobState.QUEUED).value(),
        tasks.get(JobState.HELD).value(),
        tasks.get(JobState.SUSPENDED).value(),
        tasks.get(JobState.UNDETERMINED).value());
  }

  Summary.Usage usage() {
    return new Summary.Usage(users.uses(), groups.uses(), accounts.uses(), queues.uses());
  }

  List<Summary.Waiting> waiting() {
    return waiting.reasons();
  }

  int runningGpus() {
    return runningGpus.value();
  }

  List<Summary.QueueCount> counts(List<Queue> listed) {
    List<Summary.QueueCount> counts = new ArrayList<>(listed.size());
    for (Queue queue : listed) {
      Summary.Use use = queues.use(Keys.of(queue.queueName()));
      counts.add(
          new Summary.QueueCount(
              use.key(),
              queue.enabled(),
              queue.started(),
              use.runningJobs(),
              use.queuedJobs(),
              queue.wallclockLimitSeconds(),
              queue.slotsLimit()));
    }
    return counts;
  }
}
