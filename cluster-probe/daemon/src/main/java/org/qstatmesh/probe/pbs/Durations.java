package org.qstatmesh.probe.pbs;

/**
 * Durations as PBS writes them: {@code HH:MM:SS} with as many hours as it takes ({@code
 * 336:00:00}), fewer or more parts ({@code MM:SS}, {@code DD:HH:MM:SS}), or plain seconds; a
 * fraction of a second is cut.
 */
public final class Durations {
  private static final long[] PART_SECONDS = {1, 60, 3_600, 86_400};
  private static final int LONGEST = 24;

  private Durations() {}

  /** Seconds, or null when the text is no duration. */
  public static Long parseSeconds(String text) {
    if (text == null || text.isEmpty() || text.length() > LONGEST) {
      return null;
    }
    int dot = text.indexOf('.');
    int end = dot < 0 ? text.length() : dot;
    long seconds = 0;
    for (int part = 0; ; part++) {
      int colon = text.lastIndexOf(':', end - 1);
      Long value = Numbers.parseLong(text.substring(colon + 1, end));
      if (value == null || value > Integer.MAX_VALUE || part == PART_SECONDS.length) {
        return null;
      }
      seconds += value * PART_SECONDS[part];
      if (colon < 0) {
        return seconds;
      }
      end = colon;
    }
  }
}
