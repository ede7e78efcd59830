package org.qstatmesh.it.year;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.qstatmesh.bus.ClusterStatus;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.bus.ClusterSummary.Usage;
import org.qstatmesh.bus.ClusterSummary.Use;
import org.qstatmesh.wire.Visibility;

/**
 * A cluster of 30 users whose cores change in three of eight minutes by a uniform −64 to 64: the
 * series of reference/performance.md §D, of 3.58 bits a sample. Nothing else is known of it.
 */
public final class HardCluster {
  /** Series. */
  public static final int SERIES = 30;

  private static final int MOST_SLOTS = 1_000;

  private final String cluster;
  private final SplittableRandom random;
  private final int[] slots = new int[SERIES];
  private long minute;

  /** A cluster that is seen first at a minute since the epoch. */
  public HardCluster(int number, long firstMinute) {
    cluster = "hard" + number;
    random = new SplittableRandom(number);
    minute = firstMinute;
    for (int i = 0; i < SERIES; i++) {
      slots[i] = 1 + random.nextInt(MOST_SLOTS);
    }
  }

  /** What a poller publishes at this minute, and goes on to the next. */
  public ClusterSummary next() {
    List<Use> uses = new ArrayList<>();
    for (int i = 0; i < SERIES; i++) {
      int changed = slots[i] + random.nextInt(-64, 65);
      if (random.nextInt(8) < 3 && changed > 0 && changed < MOST_SLOTS) {
        slots[i] = changed;
      }
      uses.add(new Use("user" + i, 0, slots[i], 0, 0, 0, 0));
    }
    long observed = minute * 60_000;
    minute++;
    return new ClusterSummary(
        cluster,
        cluster,
        "slurm",
        null,
        null,
        Visibility.ALL,
        ClusterStatus.UP,
        null,
        0,
        Long.toString(minute),
        observed,
        observed + 40,
        190_000,
        null,
        null,
        null,
        null,
        new Usage(uses, List.of(), List.of(), List.of()),
        null,
        null);
  }
}
