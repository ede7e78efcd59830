package org.qstatmesh.broadcast.notify;

import java.time.Duration;

/** Numbers as a person says them. */
final class Spoken {
  private Spoken() {}

  /** In the largest unit of which there are two or more: {@code 90 s}, {@code 3 h}. */
  static String duration(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    if (seconds < 120) {
      return seconds + " s";
    }
    if (seconds < 7_200) {
      return seconds / 60 + " min";
    }
    if (seconds < 172_800) {
      return seconds / 3_600 + " h";
    }
    return seconds / 86_400 + " d";
  }

  /** {@code 1 job}, {@code 2 jobs}. */
  static String count(long count, String one) {
    return count + " " + one + (count == 1 ? "" : "s");
  }
}
