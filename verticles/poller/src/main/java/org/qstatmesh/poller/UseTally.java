package org.qstatmesh.poller;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.qstatmesh.bus.ClusterSummary.Use;
import org.qstatmesh.wire.Job;

/** Adds up who uses and waits for what, by one dimension of a job. Not thread-safe. */
final class UseTally {
  /**
   * Most keys in a summary: it crosses the bus at each poll and is kept for years, so a probe that
   * invents a user per job must not make it as large as the job list.
   */
  static final int MAX_KEYS = 2_000;

  private static final Comparator<Use> BY_RUNNING_SLOTS =
      Comparator.comparingInt(Use::runningSlots).reversed().thenComparing(Use::key);

  private final Function<Job, String> keyOf;
  private final Map<String, Sums> sums = new HashMap<>();

  UseTally(Function<Job, String> keyOf) {
    this.keyOf = keyOf;
  }

  void add(Job job) {
    sums.computeIfAbsent(keyOf.apply(job), key -> new Sums()).add(job);
  }

  /**
   * Everyone who runs, queues or holds anything, by running slots, then key; what is beyond {@link
   * #MAX_KEYS} is one entry.
   */
  List<Use> uses() {
    List<Use> all = new ArrayList<>(sums.size());
    sums.forEach(
        (key, sum) -> {
          if (!sum.isZero()) {
            all.add(sum.use(key));
          }
        });
    all.sort(BY_RUNNING_SLOTS);
    if (all.size() <= MAX_KEYS) {
      return all;
    }
    List<Use> largest = new ArrayList<>(all.subList(0, MAX_KEYS));
    Sums rest = new Sums();
    all.subList(MAX_KEYS, all.size()).forEach(use -> rest.add(sums.get(use.key())));
    largest.add(rest.use(Keys.OTHERS));
    return largest;
  }

  private static final class Sums {
    private final IntSum runningJobs = new IntSum();
    private final IntSum runningSlots = new IntSum();
    private final IntSum runningGpus = new IntSum();
    private final IntSum queuedJobs = new IntSum();
    private final IntSum queuedSlots = new IntSum();
    private final IntSum heldJobs = new IntSum();

    void add(Job job) {
      switch (job.jobState()) {
        case RUNNING -> {
          runningJobs.add(job.taskCount());
          runningSlots.addTimes(job.slots(), job.taskCount());
          runningGpus.addTimes(job.gpus(), job.taskCount());
        }
        case QUEUED -> {
          queuedJobs.add(job.taskCount());
          queuedSlots.addTimes(job.slots(), job.taskCount());
        }
        case HELD -> heldJobs.add(job.taskCount());
        // They hold no slots and wait for none; the row's own count of them is by state.
        case SUSPENDED, UNDETERMINED, FINISHED -> {}
      }
    }

    void add(Sums other) {
      runningJobs.add(other.runningJobs);
      runningSlots.add(other.runningSlots);
      runningGpus.add(other.runningGpus);
      queuedJobs.add(other.queuedJobs);
      queuedSlots.add(other.queuedSlots);
      heldJobs.add(other.heldJobs);
    }

    boolean isZero() {
      return runningJobs.isZero() && queuedJobs.isZero() && heldJobs.isZero();
    }

    Use use(String key) {
      return new Use(
          key,
          runningJobs.value(),
          runningSlots.value(),
          runningGpus.value(),
          queuedJobs.value(),
          queuedSlots.value(),
          heldJobs.value());
    }
  }
}
