package org.qstatmesh.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.qstatmesh.bus.ClusterStatus;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.bus.ClusterSummary.Gpus;
import org.qstatmesh.bus.ClusterSummary.Jobs;
import org.qstatmesh.bus.ClusterSummary.Nodes;
import org.qstatmesh.bus.ClusterSummary.QueueCount;
import org.qstatmesh.bus.ClusterSummary.Slots;
import org.qstatmesh.bus.ClusterSummary.Usage;
import org.qstatmesh.bus.ClusterSummary.Use;
import org.qstatmesh.bus.ClusterSummary.Waiting;
import org.qstatmesh.bus.Failure;
import org.qstatmesh.bus.FailureCode;
import org.qstatmesh.wire.Visibility;

/** Makes summaries such as a poller publishes; the same seed makes the same. */
public final class Summaries {
  private final Random random;
  private final int users;
  private final int groups;

  public Summaries(long seed, int users, int groups) {
    random = new Random(seed);
    this.users = users;
    this.groups = groups;
  }

  /** One of which every collector worked. */
  public ClusterSummary next(String cluster, String snapshotId, long observedAtEpochMillis) {
    return summary(
        cluster,
        snapshotId,
        observedAtEpochMillis,
        new Slots(336, 200 + random.nextInt(90), random.nextInt(77), 46, random.nextInt(28)),
        new Usage(
            uses("user", users),
            uses("group", groups),
            uses("account", groups),
            uses("queue", 4),
            labs()));
  }

  /** Some use is no lab's. */
  private List<Use> labs() {
    List<Use> labs = uses("lab", 3);
    labs.add(random.nextInt(labs.size() + 1), use(""));
    return labs;
  }

  /** The same of which a collector did not work. */
  public static ClusterSummary without(ClusterSummary whole, boolean jobs, boolean nodes) {
    return new ClusterSummary(
        whole.cluster(),
        whole.title(),
        whole.drms(),
        whole.drmsVersion(),
        whole.serverName(),
        whole.visibility(),
        whole.status(),
        whole.failure(),
        whole.revision(),
        whole.snapshotId(),
        whole.observedAtEpochMillis(),
        whole.receivedAtEpochMillis(),
        whole.staleAfterMillis(),
        jobs ? null : whole.jobs(),
        nodes ? null : whole.slots(),
        nodes ? null : whole.gpus(),
        nodes ? null : whole.nodes(),
        jobs ? null : whole.usage(),
        jobs ? null : whole.waiting(),
        whole.queues());
  }

  /** One of which the collectors of jobs and nodes never worked. */
  public static ClusterSummary empty(
      String cluster, String snapshotId, long observedAtEpochMillis) {
    return new ClusterSummary(
        cluster,
        cluster,
        "slurm",
        null,
        null,
        Visibility.UNKNOWN,
        ClusterStatus.UP,
        new Failure(FailureCode.DRMS_TIMEOUT, "qstat: no answer", 1_000, "try doctor"),
        0,
        snapshotId,
        observedAtEpochMillis,
        observedAtEpochMillis + 40,
        60_000,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private ClusterSummary summary(
      String cluster, String snapshotId, long observedAtEpochMillis, Slots slots, Usage usage) {
    return new ClusterSummary(
        cluster,
        "The cluster " + cluster,
        "openpbs",
        "23.06.06",
        "login1",
        Visibility.ALL,
        ClusterStatus.UP,
        null,
        0,
        snapshotId,
        observedAtEpochMillis,
        observedAtEpochMillis + random.nextInt(500),
        100_000,
        new Jobs(46, 119, 4, random.nextInt(2), 0),
        slots,
        new Gpus(8, random.nextInt(9)),
        new Nodes(12, 0, 4, 5, 0, 1, random.nextInt(3), 0),
        usage,
        List.of(
            new Waiting("waits for free resources", random.nextInt(100), 1_400),
            new Waiting("held by its owner", 4, random.nextInt(40))),
        List.of(
            new QueueCount("batch", true, true, 18, random.nextInt(50), 86_400L, null),
            new QueueCount("späti", false, null, 0, 0, null, 512)));
  }

  /** Three quarters of the names, in any order; many counts are 0. */
  private List<Use> uses(String prefix, int names) {
    List<Use> uses = new ArrayList<>();
    for (int name : IntStream.range(0, names).toArray()) {
      if (random.nextInt(4) > 0) {
        uses.add(random.nextInt(uses.size() + 1), use(prefix + name));
      }
    }
    return uses;
  }

  private Use use(String key) {
    return new Use(key, count(30), count(128), count(4) / 3, count(20), count(2_000), count(3) / 2);
  }

  private int count(int bound) {
    return random.nextBoolean() ? 0 : random.nextInt(bound);
  }
}
