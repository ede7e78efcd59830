package org.qstatmesh.probe.openpbs;

import java.util.EnumMap;
import java.util.Map;
import org.qstatmesh.probe.pbs.JobLetter;
import org.qstatmesh.probe.pbs.Numbers;

/**
 * {@code array_state_count}: {@code Queued:6 Running:4 Exiting:0 Expired:0}, an array's tasks by
 * the state each of them has. The tasks of a held array are still Queued there, as they are in
 * {@code qstat -t}.
 */
final class ArrayTasks {
  private static final String WHAT = "array_state_count";

  /** Expired tasks have ended: X, which is left out. */
  private static final Map<String, JobLetter> LETTERS =
      Map.of(
          "Queued", JobLetter.Q,
          "Running", JobLetter.R,
          "Exiting", JobLetter.E,
          "Suspended", JobLetter.S,
          "Held", JobLetter.H,
          "Waiting", JobLetter.W,
          "Expired", JobLetter.X);

  private ArrayTasks() {}

  /**
   * Unfinished tasks by letter, none of them 0.
   *
   * @throws IllegalArgumentException when it is not of that form or has tasks in a state nobody
   *     wrote down
   */
  static Map<JobLetter, Integer> parse(String value) {
    Map<JobLetter, Integer> tasks = new EnumMap<>(JobLetter.class);
    for (String entry : value.strip().split(" +", -1)) {
      int colon = entry.indexOf(':');
      if (colon < 0) {
        throw new IllegalArgumentException(WHAT + " is cut off");
      }
      int count = Numbers.parseCount(entry.substring(colon + 1), WHAT);
      JobLetter letter = LETTERS.get(entry.substring(0, colon));
      if (count > 0 && letter == null) {
        throw new IllegalArgumentException(WHAT + " has tasks in an unknown state");
      }
      if (count > 0 && letter != JobLetter.X) {
        tasks.put(letter, count);
      }
    }
    return tasks;
  }
}
