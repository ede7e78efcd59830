package org.qstatmesh.wire.summary;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.qstatmesh.wire.Job;
import org.qstatmesh.wire.Summary;
import org.qstatmesh.wire.Summary.Use;

/** Adds up who uses and waits for what, by one dimension of a job. Not thread-safe. */
public final class UseTally {
  private static final Comparator<Use> BY_RUNNING_SLOTS =
      Comparator.comparingInt(Use::runningSlots).reversed().thenComparing(Use::key);

  private final Function<Job, String> keyOf;
  private final Map<String, Sums> sums = new HashMap<>();

  /** Counts nothing yet; {@code keyOf} says what a job is counted under, never null. */
  public UseTally(Function<Job, String> keyOf) {
    this.keyOf = keyOf;
  }

  /** Counts one more job. */
  public void add(Job job) {
    sums.computeIfAbsent(keyOf.apply(job), key -> new Sums()).add(job);
  }

  /**
   * Everyone who runs, queues or holds anything, by running slots, then key; what is beyond {@link
   * Summary#MAX_KEYS} is one entry.
   */
  public List<Use> uses() {
    List<Use> all = new ArrayList<>(sums.size());
    sums.forEach(
        (key, sum) -> {
          if (!sum.isZero()) {
            all.add(sum.use(key));
          }
        });
    all.sort(BY_RUNNING_SLOTS);
    if (all.size() <= Summary.MAX_KEYS) {
      return all;
    }
    List<Use> largest = new ArrayList<>(all.subList(0, Summary.MAX_KEYS));
    Sums rest = new Sums();
    all.subList(Summary.MAX_KEYS, all.size()).forEach(use -> rest.add(sums.get(use.key())));
    largest.add(rest.use(Keys.OTHERS));
    return largest;
  }

  /** What is counted under that key, which may be nothing. */
  Use use(String key) {
    Sums sum = sums.get(key);
    return (sum == null ? new Sums() : sum).use(key);
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
