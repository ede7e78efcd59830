package org.qstatmesh.it.year;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.qstatmesh.bus.ClusterSummary.Use;

/**
 * What the users, groups, accounts or queues of a cluster use; the list is made when it changed.
 */
final class Tally {
  private static final Comparator<Use> ORDER =
      Comparator.comparingInt(Use::runningSlots).reversed().thenComparing(Use::key);

  private final List<String> keys;
  private final int[][] counts;
  private List<Use> uses = List.of();
  private boolean changed;

  Tally(String prefix, int size) {
    keys = IntStream.range(0, size).mapToObj(i -> prefix + i).toList();
    counts = new int[size][Use.class.getRecordComponents().length - 1];
  }

  Tally(List<String> keys) {
    this.keys = keys;
    counts = new int[keys.size()][Use.class.getRecordComponents().length - 1];
  }

  /** So many jobs more, or fewer, in that state. */
  void add(int key, Job job, Job.State state, int jobs) {
    changed = true;
    int[] count = counts[key];
    switch (state) {
      case RUNNING -> {
        count[0] += jobs;
        count[1] += jobs * job.slots();
        count[2] += jobs * job.gpus();
      }
      case QUEUED -> {
        count[3] += jobs;
        count[4] += jobs * job.slots();
      }
      case HELD -> count[5] += jobs;
    }
  }

  /** Running and queued jobs of a key. */
  int running(int key) {
    return counts[key][0];
  }

  int queued(int key) {
    return counts[key][3];
  }

  /** Those that have something, in a row's order. */
  List<Use> uses() {
    if (changed) {
      changed = false;
      List<Use> now = new ArrayList<>();
      for (int i = 0; i < counts.length; i++) {
        int[] c = counts[i];
        if ((c[0] | c[3] | c[5]) != 0) {
          now.add(new Use(keys.get(i), c[0], c[1], c[2], c[3], c[4], c[5]));
        }
      }
      now.sort(ORDER);
      uses = now;
    }
    return uses;
  }
}
