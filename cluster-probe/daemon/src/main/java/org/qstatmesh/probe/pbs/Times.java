package org.qstatmesh.probe.pbs;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * Points in time: seconds since the epoch (TORQUE's XML) or {@code Sun Nov 22 06:44:44 2026}
 * (ctime, OpenPBS and every {@code -f} text).
 *
 * <p>The second form has no zone: the client writes it in its own. Commands run with {@code
 * TZ=UTC}, so it is read as UTC.
 */
public final class Times {
  private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

  /** Length of {@code Sun Nov 22 06:44:44 2026}. */
  private static final int CTIME_LENGTH = 24;

  private static final int TIME_OF_DAY = 11;
  private static final int YEAR = 20;

  private Times() {}

  /** Seconds since the epoch, or null when the text is neither form. */
  public static Long parseEpochSeconds(String text) {
    Long number = Numbers.parseLong(text);
    return number != null || text == null ? number : parseCtime(text);
  }

  /** ctime(3); with a day of one digit there is one blank more before it, or none. */
  private static Long parseCtime(String text) {
    boolean shortDay = text.length() == CTIME_LENGTH - 1;
    if (text.length() != CTIME_LENGTH && !shortDay) {
      return null;
    }
    String time = shortDay ? text.substring(0, 8) + " " + text.substring(8) : text;
    int month = MONTHS.indexOf(time.substring(4, 7));
    int day = digits(time, time.charAt(8) == ' ' ? 9 : 8, 10);
    int hour = digits(time, TIME_OF_DAY, TIME_OF_DAY + 2);
    int minute = digits(time, TIME_OF_DAY + 3, TIME_OF_DAY + 5);
    int second = digits(time, TIME_OF_DAY + 6, TIME_OF_DAY + 8);
    int year = digits(time, YEAR, CTIME_LENGTH);
    boolean punctuated =
        isWord(time, 0)
            && isWord(time, 4)
            && time.charAt(3) == ' '
            && time.charAt(7) == ' '
            && time.charAt(10) == ' '
            && time.charAt(TIME_OF_DAY + 2) == ':'
            && time.charAt(TIME_OF_DAY + 5) == ':'
            && time.charAt(YEAR - 1) == ' ';
    if (!punctuated || month < 0 || month % 3 != 0 || (day | hour | minute | second | year) < 0) {
      return null;
    }
    try {
      return LocalDateTime.of(year, month / 3 + 1, day, hour, minute, second)
          .toEpochSecond(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** Whether a capital and two small letters stand there. */
  private static boolean isWord(String text, int at) {
    return isBetween(text.charAt(at), 'A', 'Z')
        && isBetween(text.charAt(at + 1), 'a', 'z')
        && isBetween(text.charAt(at + 2), 'a', 'z');
  }

  /** The number; less than 0 when there are other characters. */
  private static int digits(String text, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      if (!isBetween(text.charAt(i), '0', '9')) {
        return -1;
      }
      number = 10 * number + text.charAt(i) - '0';
    }
    return number;
  }

  private static boolean isBetween(char c, char first, char last) {
    return c >= first && c <= last;
  }
}
