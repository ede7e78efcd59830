package org.qstatmesh.demo.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.qstatmesh.bus.ClusterSummary.Use;

/** Adds up who uses and waits for what, by one dimension of a job. */
final class UseTally {
  private static final Comparator<Use> BY_RUNNING_SLOTS =
      Comparator.comparingInt(Use::runningSlots).reversed().thenComparing(Use::key);

  private final Map<String, Sums> sums = new HashMap<>();

  private static final class Sums {
    private int runningJobs;
    private int queuedJobs;
    private int heldJobs;
    private int runningSlots;
    private int queuedSlots;
    private int runningGpus;
  }

  void add(String key, Submission submission, TaskCounts counts) {
    Sums sum = sums.computeIfAbsent(key, any -> new Sums());
    Request request = submission.order().request();
    sum.runningJobs += counts.running();
    sum.queuedJobs += counts.queued();
    sum.heldJobs += counts.held();
    sum.runningSlots += counts.running() * request.cores();
    sum.queuedSlots += counts.queued() * request.cores();
    sum.runningGpus += counts.running() * request.gpus();
  }

  /** Everyone who runs, queues or holds anything, by running slots, then key. */
  List<Use> uses() {
    List<Use> uses = new ArrayList<>(sums.size());
    sums.forEach(
        (key, sum) -> {
          if (sum.runningJobs + sum.queuedJobs + sum.heldJobs > 0) {
            uses.add(
                new Use(
                    key,
                    sum.runningJobs,
                    sum.runningSlots,
                    sum.runningGpus,
                    sum.queuedJobs,
                    sum.queuedSlots,
                    sum.heldJobs));
          }
        });
    uses.sort(BY_RUNNING_SLOTS);
    return uses;
  }
}
