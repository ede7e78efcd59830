package org.qstatmesh.it.year;

/** When people submit: by day, and less on weekends. */
final class Rhythm {
  /** Its mean over a week, below. */
  static final double MEAN = 0.78;

  private static final double[] OF_HOUR = {
    .3, .2, .2, .2, .2, .3, .5, .8, 1.4, 1.8, 2, 2, 1.6, 1.8, 2, 2, 1.8, 1.5, 1, .8, .7, .6, .5, .4
  };

  /** 1970 began on a Thursday. */
  private static final double[] OF_DAY = {1, 1, .3, .3, 1, 1, 1};

  private Rhythm() {}

  /** How busily a person submits in that minute since the epoch. */
  static double of(long minute) {
    return OF_HOUR[(int) (minute / 60 % 24)] * OF_DAY[(int) (minute / 1_440 % 7)];
  }
}
