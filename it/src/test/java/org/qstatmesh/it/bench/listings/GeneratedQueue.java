package org.qstatmesh.it.bench.listings;

import java.util.SplittableRandom;
import org.qstatmesh.it.bench.listings.GeneratedJob.State;

/**
 * Draws the jobs of a university's cluster: one in twenty runs, a few users own most of the queue,
 * three in four ask for one core.
 */
final class GeneratedQueue {
  private static final int FIRST_NUMBER = 4_100_000;
  private static final int USERS = 400;
  private static final int USERS_OF_A_GROUP = 6;
  private static final int NODES = 1_200;
  private static final int CORES_OF_A_NODE = 64;
  private static final int DAY_SECONDS = 86_400;
  private static final int HOUR_SECONDS = 3_600;

  private static final String[] QUEUES = {"batch", "batch", "batch", "long", "short", "gpu", "fat"};
  private static final String[] PROGRAMS = {
    "relax", "vasp_run", "train-resnet", "blastn", "md_prod", "align.sam", "sweep", "cfd_wing"
  };
  private static final int[] CORES = {2, 4, 8, 16, 32};

  private final SplittableRandom random;
  private int number = FIRST_NUMBER;

  GeneratedQueue(long seed) {
    random = new SplittableRandom(seed);
  }

  GeneratedJob next() {
    number += 1 + random.nextInt(3);
    int chance = random.nextInt(100);
    State state = chance < 5 ? State.RUNNING : chance < 10 ? State.HELD : State.QUEUED;
    int user = user();
    int group = user / USERS_OF_A_GROUP;
    int nodes = random.nextInt(20) == 0 ? 1 << (1 + random.nextInt(3)) : 1;
    int limit = HOUR_SECONDS * (1 + random.nextInt(96));
    return new GeneratedJob(
        number,
        state,
        PROGRAMS[random.nextInt(PROGRAMS.length)] + "_" + random.nextInt(10_000),
        "user" + (1_000 + user),
        "group" + (100 + group),
        "proj" + (1_000 + group * 2 + random.nextInt(2)),
        QUEUES[random.nextInt(QUEUES.length)],
        nodes,
        nodes * cores(nodes),
        1 + random.nextInt(NODES - nodes),
        limit,
        random.nextInt(5 * DAY_SECONDS),
        state == State.RUNNING ? random.nextInt(limit) : 0,
        random.nextInt(1 << 16));
  }

  /** Squared, so that the first users have most of the jobs. */
  private int user() {
    double share = random.nextDouble();
    return (int) (share * share * USERS);
  }

  private int cores(int nodes) {
    if (nodes > 1) {
      return CORES_OF_A_NODE;
    }
    return random.nextInt(4) > 0 ? 1 : CORES[random.nextInt(CORES.length)];
  }
}
