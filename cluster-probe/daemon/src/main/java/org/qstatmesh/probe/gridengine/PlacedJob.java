package org.qstatmesh.probe.gridengine;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.qstatmesh.probe.pbs.Numbers;
import org.qstatmesh.probe.pbs.TextPool;
import org.qstatmesh.wire.Job;
import org.qstatmesh.wire.JobState;

/** A job or task that has its slots, added up over the queue instances that it has them in. */
final class PlacedJob {
  private final Job.Builder job;
  private final JobState state;
  private final Set<String> queues = new LinkedHashSet<>();
  private final Set<String> hosts = new LinkedHashSet<>();
  private long slots;

  PlacedJob(Job.Builder job, JobState state) {
    this.job = job;
    this.state = state;
  }

  void add(QueueInstance instance, int slotsThere) {
    slots = Numbers.checkedCount(slots + slotsThere, "slots");
    queues.add(instance.queue());
    hosts.add(instance.host());
  }

  /** The record; a suspended job has its hosts and holds no slots there. */
  Job build(TextPool pool) {
    List<String> names = hosts.stream().map(pool::one).toList();
    return job.queueName(pool.one(String.join(",", queues)))
        .slots(state == JobState.SUSPENDED ? 0 : Math.toIntExact(slots))
        .nodeNames(names)
        .nodeCount(names.size())
        .build();
  }
}
