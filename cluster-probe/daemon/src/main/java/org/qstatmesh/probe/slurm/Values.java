package org.qstatmesh.probe.slurm;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.qstatmesh.probe.pbs.Durations;
import org.qstatmesh.probe.pbs.Numbers;

/** Values as Slurm's commands write them. */
final class Values {
  private static final long DAY_SECONDS = 86_400;
  private static final int LONGEST_TIME = 24;
  private static final String UNITS = "KMGT";

  private Values() {}

  /** The text; null where Slurm says that there is none. */
  static String text(String value) {
    return switch (value) {
      case "", "(null)", "N/A", "n/a", "None" -> null;
      default -> value;
    };
  }

  /** Seconds of {@code 29:00}, {@code 1:00:00} or {@code 7-00:00:00}; null for UNLIMITED. */
  static Long seconds(String duration) {
    int dash = duration.indexOf('-');
    Long days = dash < 0 ? Long.valueOf(0) : Numbers.parseLong(duration.substring(0, dash));
    Long rest = Durations.parseSeconds(duration.substring(dash + 1));
    return days == null || rest == null || days > Integer.MAX_VALUE
        ? null
        : Long.valueOf(days * DAY_SECONDS + rest);
  }

  /** Seconds since the epoch, of those or of {@code 2026-11-22T06:34:05} in UTC; null for none. */
  static Long epochSeconds(String time) {
    Long seconds = Numbers.parseLong(time);
    if (seconds != null || time.length() > LONGEST_TIME || time.indexOf('T') < 0) {
      return seconds;
    }
    try {
      return LocalDateTime.parse(time).toEpochSecond(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      return null;
    }
  }

  /**
   * A count. squeue shortens what loses nothing by it: 2048 becomes {@code 2K}, 2560 {@code 2.50K}.
   *
   * @throws IllegalArgumentException when it is none
   */
  static int count(String text, String what) {
    int last = text.length() - 1;
    int unit = last < 0 ? -1 : UNITS.indexOf(text.charAt(last));
    if (unit < 0) {
      return Numbers.parseCount(text, what);
    }
    String number = text.substring(0, last);
    int point = number.indexOf('.');
    String digits = point < 0 ? number : number.substring(0, point) + number.substring(point + 1);
    Long value = digits.length() > 9 ? null : Numbers.parseLong(digits);
    int decimals = point < 0 ? 0 : number.length() - point - 1;
    if (value == null || decimals > 2) {
      throw new IllegalArgumentException(what + " is no count");
    }
    long scaled = value * (1L << (10 * (unit + 1)));
    return Numbers.checkedCount(scaled / (decimals == 0 ? 1 : decimals == 1 ? 10 : 100), what);
  }
}
