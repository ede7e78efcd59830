package org.qstatmesh.probe.pbs;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Points in time: seconds since the epoch (TORQUE's XML) or {@code Sun Nov 22 06:44:44 2026}
 * (ctime, OpenPBS and every {@code -f} text).
 *
 * <p>The second form has no zone: the client writes it in its own. Commands run with {@code
 * TZ=UTC}, so it is read as UTC.
 */
public final class Times {
  private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
  private static final Pattern CTIME =
      Pattern.compile(
          "[A-Z][a-z]{2} ([A-Z][a-z]{2}) {1,2}([0-9]{1,2}) "
              + "([0-9]{2}):([0-9]{2}):([0-9]{2}) ([0-9]{4})");

  private Times() {}

  /** Seconds since the epoch, or null when the text is neither form. */
  public static Long parseEpochSeconds(String text) {
    Long number = Numbers.parseLong(text);
    if (number != null || text == null) {
      return number;
    }
    Matcher time = CTIME.matcher(text);
    if (!time.matches()) {
      return null;
    }
    int month = MONTHS.indexOf(time.group(1));
    if (month < 0 || month % 3 != 0) {
      return null;
    }
    try {
      return LocalDateTime.of(
              Integer.parseInt(time.group(6)),
              month / 3 + 1,
              Integer.parseInt(time.group(2)),
              Integer.parseInt(time.group(3)),
              Integer.parseInt(time.group(4)),
              Integer.parseInt(time.group(5)))
          .toEpochSecond(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      return null;
    }
  }
}
