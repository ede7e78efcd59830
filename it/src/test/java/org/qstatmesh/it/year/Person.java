package org.qstatmesh.it.year;

import java.util.SplittableRandom;

/**
 * A user of a generated cluster.
 *
 * @param number place among the cluster's users
 * @param group place among its groups
 * @param account place among its accounts
 * @param activeShare share of the weeks in which this person works at all
 * @param bundlesAnHour how often such a person submits at full rhythm
 * @param bundleJobs mean number of jobs that are submitted at once
 * @param jobSlots cores of one job
 * @param jobGpus GPUs of one job
 * @param medianMinutes half of the jobs take less
 */
record Person(
    int number,
    int group,
    int account,
    double activeShare,
    double bundlesAnHour,
    int bundleJobs,
    int jobSlots,
    int jobGpus,
    double medianMinutes) {
  private static final int[] SLOTS = {1, 1, 4, 8, 16, 16, 32, 64};
  private static final int[] BUNDLES = {1, 2, 4, 8, 20};
  private static final double[] MEDIANS = {20, 60, 120, 240, 480};

  /** Every twelfth computes on GPUs. */
  private static final int GPU_PERSONS = 12;

  /** The shape of job lengths: their logarithm's standard deviation. */
  static final double LENGTH_SIGMA = 1.3;

  /** Someone who keeps {@code meanSlots} busy in the mean over weeks, nights and idle weeks. */
  static Person of(int number, int groups, double meanSlots, SplittableRandom random) {
    double activeShare = 0.15 + 0.6 * random.nextDouble();
    int jobSlots = SLOTS[random.nextInt(SLOTS.length)];
    int bundleJobs = BUNDLES[random.nextInt(BUNDLES.length)];
    double medianMinutes = MEDIANS[random.nextInt(MEDIANS.length)];
    double meanHours = medianMinutes / 60 * Math.exp(LENGTH_SIGMA * LENGTH_SIGMA / 2);
    // Some use ten times as much as others.
    double weight = Math.exp(random.nextDouble(-1.15, 1.15)) / 1.2;
    double bundlesAnHour =
        meanSlots * weight / (activeShare * jobSlots * bundleJobs * meanHours * Rhythm.MEAN);
    int group = number % groups;
    return new Person(
        number,
        group,
        random.nextInt(4) == 0 ? (group + 1) % groups : group,
        activeShare,
        bundlesAnHour,
        bundleJobs,
        jobSlots,
        number % GPU_PERSONS == 0 ? 1 + random.nextInt(2) : 0,
        medianMinutes);
  }

  /** Whether this person works in that week; some weeks in a row, then others not. */
  boolean isActive(long week, long seed) {
    long holiday = new SplittableRandom(seed ^ number * 0x9E3779B97F4A7C15L ^ week / 2).nextLong();
    return (holiday >>> 11) * 0x1.0p-53 < activeShare;
  }
}
