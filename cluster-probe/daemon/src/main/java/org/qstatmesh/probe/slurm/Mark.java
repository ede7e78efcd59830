package org.qstatmesh.probe.slurm;

import java.security.SecureRandom;
import java.util.Map;

/**
 * Random text behind every time that Slurm's commands print, by their variable {@code
 * SLURM_TIME_FORMAT}. Job names are printed raw, newlines and bars included, so a name may hold a
 * whole record; but it was chosen before the mark was, and a line without the mark is no record.
 *
 * @param text 16 hexadecimal digits; the whole format must stay below 32 characters
 */
record Mark(String text) {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final char BEFORE = '~';

  /** A new one for each run. */
  static Mark random() {
    return new Mark(String.format("%016x", RANDOM.nextLong()));
  }

  /**
   * What a command must find in its environment. {@code %s} is seconds since the epoch; length 0 of
   * a task list is "as long as it takes", otherwise it ends in dots after 64 characters.
   */
  Map<String, String> environment() {
    return Map.of("SLURM_TIME_FORMAT", "%s" + BEFORE + text, "SLURM_BITSTR_LEN", "0");
  }

  /** Whether the field between {@code from} and {@code to} ends with the mark. */
  boolean ends(String line, int from, int to) {
    int begin = to - text.length();
    return begin > from && line.charAt(begin - 1) == BEFORE && line.startsWith(text, begin);
  }

  /** A time without the mark. */
  String strip(String time) {
    return ends(time, 0, time.length())
        ? time.substring(0, time.length() - text.length() - 1)
        : time;
  }
}
