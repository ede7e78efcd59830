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
    String[] parts = (dot < 0 ? text : text.substring(0, dot)).split(":", -1);
    if (parts.length > PART_SECONDS.length) {
      return null;
    }
    long seconds = 0;
    for (int i = 0; i < parts.length; i++) {
      Long part = Numbers.parseLong(parts[i]);
      if (part == null || part > Integer.MAX_VALUE) {
        return null;
      }
      seconds += part * PART_SECONDS[parts.length - 1 - i];
    }
    return seconds;
  }
}
