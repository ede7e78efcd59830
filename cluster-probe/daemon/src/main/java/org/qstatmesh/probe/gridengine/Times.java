package org.qstatmesh.probe.gridengine;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.regex.Pattern;
import org.qstatmesh.probe.pbs.Numbers;

/**
 * Points in time: {@code 2026-11-22T07:00:12} in the zone of the client ({@code qstat -f -xml}; the
 * commands run with {@code TZ=UTC}), or seconds since the epoch ({@code qstat -j -xml}), which
 * Univa's 8.x gives in milliseconds. 0 is its word for none.
 */
final class Times {
  private static final Pattern ISO =
      Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?");

  /** In seconds it is the year 5138, in milliseconds 1973. */
  private static final long SMALLEST_MILLIS = 100_000_000_000L;

  private Times() {}

  /** Seconds since the epoch, or null when the text is no time. */
  static Long parseEpochSeconds(String text) {
    Long number = Numbers.parseLong(text);
    if (number != null) {
      return number == 0 ? null : number >= SMALLEST_MILLIS ? number / 1_000 : number;
    }
    if (text == null || !ISO.matcher(text).matches()) {
      return null;
    }
    try {
      return LocalDateTime.parse(text).toEpochSecond(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      return null;
    }
  }
}
