package org.qstatmesh.store.keep;

import java.util.List;

/**
 * How long what is kept.
 *
 * @param rawDays every sample; at least 2, because a probe hands in what it counted in the last 24
 *     hours
 * @param steps longer steps, shortest first, each a multiple of the one before it
 * @param personDays rows about persons (by user), in every step: after them only groups, accounts
 *     and queues
 * @param eventDays what happened to single jobs and nodes; after them counts and waits a day
 */
public record Retention(int rawDays, List<Step> steps, int personDays, int eventDays) {
  /** What is usual: 30 days, 5 minutes for two years, hours for ever; persons for two years. */
  public static final Retention USUAL =
      new Retention(30, List.of(new Step(300, 730), new Step(3_600, null)), 730, 90);

  /** Copies the list and refuses what cannot be kept. */
  public Retention {
    steps = List.copyOf(steps);
    check(rawDays, steps, personDays, eventDays);
  }

  private static void check(int rawDays, List<Step> steps, int personDays, int eventDays) {
    if (rawDays < 2 || personDays < 1 || eventDays < 1) {
      throw new IllegalArgumentException(
          "store.retention: rawDays is 2 or more, personDays and eventDays 1 or more");
    }
    int before = 1;
    for (Step step : steps) {
      if (step.seconds() <= 1 || step.seconds() % before != 0 || step.seconds() == before) {
        throw new IllegalArgumentException(
            "store.retention.steps: each step is a multiple of the one before it, "
                + step.seconds()
                + " is not of "
                + before);
      }
      before = step.seconds();
    }
  }

  /**
   * Samples put together.
   *
   * @param seconds length: 60, 120, 300, 600, 900, 1200, 1800 or 3600
   * @param days how long; null for ever
   */
  public record Step(int seconds, Integer days) {
    /** All lengths there are. What was kept of one stays when it is taken out of the list. */
    public static final List<Integer> LENGTHS =
        List.of(60, 120, 300, 600, 900, 1_200, 1_800, 3_600);

    /** Refuses what is no step. */
    public Step {
      if (!LENGTHS.contains(seconds)) {
        throw new IllegalArgumentException(
            "store.retention.steps: " + seconds + " seconds is none of " + LENGTHS);
      }
      if (days != null && days < 1) {
        throw new IllegalArgumentException("store.retention.steps: days is 1 or more, or null");
      }
    }
  }
}
