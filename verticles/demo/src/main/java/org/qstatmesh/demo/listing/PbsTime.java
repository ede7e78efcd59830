package org.qstatmesh.demo.listing;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times and durations as PBS writes them, in UTC. */
final class PbsTime {
  private static final DateTimeFormatter CTIME =
      DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter IN_COMMENT =
      DateTimeFormatter.ofPattern("EEE MMM dd 'at' HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

  private PbsTime() {}

  /** {@code Sun Nov 22 06:44:44 2026}. */
  static String ctime(long epochSeconds) {
    return CTIME.format(Instant.ofEpochSecond(epochSeconds));
  }

  /** {@code Sun Nov 22 at 06:44}. */
  static String inComment(long epochSeconds) {
    return IN_COMMENT.format(Instant.ofEpochSecond(epochSeconds));
  }

  /** {@code 168:00:00}. */
  static String duration(long seconds) {
    return String.format("%02d:%02d:%02d", seconds / 3_600, seconds / 60 % 60, seconds % 60);
  }
}
