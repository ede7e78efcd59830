package org.qstatmesh.store.events;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.qstatmesh.bus.ClusterChanges.JobChange;

/**
 * Waits of one cluster by queue and size, and how much happened. Bounded: beyond 500,000 waits,
 * some 4 MB, they are counted by class; beyond 1,000 queues a wait belongs to none. One thread.
 */
public final class WaitTable implements EventBody.Visitor {
  private static final int MOST_EXACT = 500_000;
  private static final int MOST_QUEUES = 1_000;

  private final TreeMap<Integer, Waits[]> queues = new TreeMap<>();
  private final Map<JobChange, Long> tasks = new EnumMap<>(JobChange.class);
  private long omitted;
  private int exact;

  @Override
  public void job(StoredJob job) {
    count(job.change(), job.tasks());
    if (job.change() == JobChange.STARTED && job.waitSeconds() != StoredJob.UNKNOWN) {
      Waits waits = waits(job.queue(), SizeClass.codeOf(job.slots()));
      exact -= waits.exactSize();
      waits.add(job.waitSeconds(), Math.max(1, job.tasks()));
      exact += waits.exactSize();
      if (exact > MOST_EXACT) {
        putIntoClasses();
      }
    }
  }

  @Override
  public void omitted(long changes) {
    omitted += changes;
  }

  /** So many tasks did it. */
  void count(JobChange change, long more) {
    tasks.merge(change, more, Long::sum);
  }

  /** Gives up what each wait was for what is counted. */
  void putIntoClasses() {
    for (Waits[] sizes : queues.values()) {
      for (Waits waits : sizes) {
        if (waits != null) {
          waits.putIntoClasses();
        }
      }
    }
    exact = 0;
  }

  Waits waits(int queue, int sizeCode) {
    int known = queues.containsKey(queue) || queues.size() < MOST_QUEUES ? queue : 0;
    Waits[] sizes = queues.computeIfAbsent(known, any -> new Waits[SizeClass.NONE + 1]);
    if (sizes[sizeCode] == null) {
      sizes[sizeCode] = new Waits();
    }
    return sizes[sizeCode];
  }

  /** Waits by number of the queue, 0 for none, then by size; null where there are none. */
  Map<Integer, Waits[]> queues() {
    return queues;
  }

  /** How many tasks did it. */
  public long tasks(JobChange change) {
    return tasks.getOrDefault(change, 0L);
  }

  /** How many changes were left out of what the poller published. */
  public long omitted() {
    return omitted;
  }
}
