package org.qstatmesh.demo.simulation;

import java.util.List;
import java.util.SplittableRandom;

/**
 * Submissions of some kinds, at random moments whose mean distance makes them fill a given number
 * of cores.
 */
final class JobStream {
  private static final int DRAWS = 400;

  private final List<JobKind> kinds;
  private final ClusterPlan plan;
  private final double weights;
  private final double meanSecondsBetween;

  /**
   * A stream.
   *
   * @param cores how many it is to fill, in the mean of a week
   * @param random for the draws by which a submission's mean work is found
   */
  JobStream(List<JobKind> kinds, ClusterPlan plan, double cores, SplittableRandom random) {
    this.kinds = List.copyOf(kinds);
    this.plan = plan;
    this.weights = kinds.stream().mapToDouble(JobKind::weight).sum();
    double coreSeconds = 0;
    for (int i = 0; i < DRAWS; i++) {
      coreSeconds += work(draw(random));
    }
    this.meanSecondsBetween = coreSeconds / DRAWS / cores;
  }

  private static double work(Order order) {
    double seconds = order.durationsSeconds().stream().mapToLong(Long::longValue).sum();
    return seconds * order.request().cores();
  }

  Order draw(SplittableRandom random) {
    double left = random.nextDouble() * weights;
    for (JobKind kind : kinds) {
      left -= kind.weight();
      if (left < 0) {
        return kind.draw(random, plan);
      }
    }
    return kinds.get(kinds.size() - 1).draw(random, plan);
  }

  /** Seconds to the next submission at {@code speed} times the mean rate. */
  double secondsToNext(SplittableRandom random, double speed) {
    return -Math.log(1 - random.nextDouble()) * meanSecondsBetween / speed;
  }
}
