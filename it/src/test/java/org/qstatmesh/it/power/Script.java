package org.qstatmesh.it.power;

import java.util.ArrayList;
import java.util.List;
import org.qstatmesh.bus.ClusterStatus;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.bus.ClusterSummary.Jobs;
import org.qstatmesh.bus.ClusterSummary.Slots;
import org.qstatmesh.bus.ClusterSummary.Usage;
import org.qstatmesh.bus.ClusterSummary.Use;
import org.qstatmesh.bus.SnapshotTaken;
import org.qstatmesh.wire.Visibility;

/**
 * What is published, minute after minute: of each cluster a sample; some minutes are missed and
 * handed in later, when their hour is closed; some samples are published twice. All of it follows
 * from the minute, so that another process knows what must be stored.
 */
final class Script {
  static final int CLUSTERS = 4;

  private static final long MINUTE_MILLIS = 60_000;
  private static final int USERS = 30;

  /** Every seventh minute nobody polls; the probe hands it in an hour and a half later. */
  private static final int MISSED = 7;

  private static final int LATE_MINUTES = 90;
  private static final int REPEATED = 11;
  private static final int REPEATED_AFTER_MINUTES = 30;

  private Script() {}

  /** What is published at a minute since the epoch. */
  static List<SnapshotTaken> at(long minute) {
    List<SnapshotTaken> published = new ArrayList<>();
    for (int cluster = 0; cluster < CLUSTERS; cluster++) {
      if (!isMissed(minute)) {
        published.add(new SnapshotTaken(summary(cluster, minute)));
      }
      if (isMissed(minute - LATE_MINUTES)) {
        published.add(new SnapshotTaken(summary(cluster, minute - LATE_MINUTES), true));
      }
      long before = minute - REPEATED_AFTER_MINUTES;
      if (minute % REPEATED == 0 && !isMissed(before)) {
        published.add(new SnapshotTaken(summary(cluster, before)));
      }
    }
    return published;
  }

  private static boolean isMissed(long minute) {
    return minute % MISSED == 3;
  }

  static String snapshotId(long minute) {
    return "5c21-" + minute;
  }

  /** The minute of a snapshot. */
  static long minute(String snapshotId) {
    return Long.parseLong(snapshotId.substring(snapshotId.indexOf('-') + 1));
  }

  static String cluster(int number) {
    return "c" + number;
  }

  static int number(String cluster) {
    return Integer.parseInt(cluster.substring(1));
  }

  static long observedAtMillis(long minute) {
    return minute * MINUTE_MILLIS + 137;
  }

  /** Cores in use by one user, who works for some hours and rests for some. */
  private static int slotsOf(int cluster, int user, long minute) {
    long shift = minute / (97 + 13L * user) + cluster + user;
    return shift % 3 == 0 ? 0 : (int) (1 + (shift * 37 + user) % 64);
  }

  /** Cores in use of the cluster: the sum of its users'. */
  static int usedSlots(int cluster, long minute) {
    int sum = 0;
    for (int user = 0; user < USERS; user++) {
      sum += slotsOf(cluster, user, minute);
    }
    return sum;
  }

  private static ClusterSummary summary(int cluster, long minute) {
    List<Use> uses = new ArrayList<>();
    int running = 0;
    for (int user = 0; user < USERS; user++) {
      int slots = slotsOf(cluster, user, minute);
      if (slots > 0) {
        running++;
        uses.add(new Use("user" + user, 1, slots, 0, user % 5, user, 0));
      }
    }
    int used = usedSlots(cluster, minute);
    return new ClusterSummary(
        cluster(cluster),
        "Cluster " + cluster,
        "slurm",
        "23.11.4",
        "login",
        Visibility.ALL,
        ClusterStatus.UP,
        null,
        0,
        snapshotId(minute),
        observedAtMillis(minute),
        observedAtMillis(minute) + 90,
        190_000,
        new Jobs(running, 7, 0, 0, 0),
        new Slots(4_096, used, 4_096 - used, 0, 32),
        null,
        null,
        new Usage(uses, List.of(), List.of(), List.of()),
        List.of(),
        null);
  }
}
