package org.qstatmesh.demo.simulation;

/** When people submit jobs: by day more than by night, on weekdays more than on weekends; UTC. */
final class Rhythm {
  private static final long DAY = 86_400;
  private static final double BUSIEST_HOUR = 14;
  private static final double SWING = 0.55;
  private static final double WEEKEND = 0.8;
  private static final double MEAN_OF_WEEK = (5 + 2 * WEEKEND) / 7;

  /** The most that {@link #at} gives. */
  static final double HIGHEST = (1 + SWING) / MEAN_OF_WEEK;

  private Rhythm() {}

  /** Submissions at that time over their mean of a week. */
  static double at(long epochSeconds) {
    double hour = Math.floorMod(epochSeconds, DAY) / 3_600.0;
    // 1 January 1970 was a Thursday
    int dayFromMonday = Math.floorMod(Math.floorDiv(epochSeconds, DAY) + 3, 7);
    double ofDay = 1 + SWING * Math.cos(2 * Math.PI * (hour - BUSIEST_HOUR) / 24);
    return ofDay * (dayFromMonday >= 5 ? WEEKEND : 1) / MEAN_OF_WEEK;
  }
}
