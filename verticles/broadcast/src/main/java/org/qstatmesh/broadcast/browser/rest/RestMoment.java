package org.qstatmesh.broadcast.browser.rest;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.qstatmesh.bus.QueryFailure;

/**
 * Times as programs and people write them: milliseconds since 1970, or ISO 8601 with its zone; and
 * lengths as {@code 90m}, {@code 24h}, {@code 7d}.
 */
final class RestMoment {
  private static final Pattern MILLIS = Pattern.compile("-?[0-9]{1,15}");
  private static final Pattern LENGTH = Pattern.compile("([1-9][0-9]{0,4})([mhd])");
  private static final int MOST_CHARACTERS = 40;

  private RestMoment() {}

  /** Reads a time; throws {@link QueryFailure} 400 that names the parameter. */
  static long epochMillis(String name, String text) {
    if (MILLIS.matcher(text).matches()) {
      return Long.parseLong(text);
    }
    try {
      if (text.length() <= MOST_CHARACTERS) {
        // Whoever forgets to write + as %2B wrote a space.
        return OffsetDateTime.parse(text.replace(' ', '+')).toInstant().toEpochMilli();
      }
    } catch (DateTimeException | ArithmeticException e) {
      // What is wrong with it is said below.
    }
    throw QueryFailure.badField(
        name, "must be milliseconds since 1970, or a time with its zone: 2026-11-22T14:03:00Z");
  }

  /** Reads a length of time; throws {@link QueryFailure} 400 that names the parameter. */
  static Duration length(String name, String text) {
    Matcher matcher = LENGTH.matcher(text);
    if (!matcher.matches()) {
      throw QueryFailure.badField(name, "must be a length as 90m, 24h or 7d");
    }
    long count = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "m" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      default -> Duration.ofDays(count);
    };
  }
}
