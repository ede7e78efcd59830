package org.qstatmesh.it;

import java.time.Duration;
import java.util.Locale;

/** How long the long forms of the tests are, and how they tell their figures. */
final class LongForm {
  private static final int MINUTES = Integer.getInteger("qstatmesh.long.minutes", 10);

  private LongForm() {}

  /** How often each fault is repeated. */
  static int rounds() {
    return 2 * MINUTES;
  }

  /** How long a soak takes. */
  static Duration soak() {
    return Duration.ofMinutes(MINUTES);
  }

  /** Prints a line that it/long shows at its end. */
  static void print(String name, double value, String unit) {
    System.out.printf(Locale.ROOT, "%s %.1f %s%n", name, value, unit);
  }
}
