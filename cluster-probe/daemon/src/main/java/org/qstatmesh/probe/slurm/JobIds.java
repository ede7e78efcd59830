package org.qstatmesh.probe.slurm;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a job id of Slurm looks like: {@code 123}, {@code 12_3}, {@code 22+1}, {@code 57_[1-100]}.
 * It begins with a digit, so it can never be taken for an option.
 */
final class JobIds {
  private static final Pattern JOB_ID =
      Pattern.compile("([0-9]{1,10})(_[0-9]{1,9}|\\+[0-9]{1,5}|_\\[[0-9,:%.-]{1,256}\\])?");

  private JobIds() {}

  /**
   * What {@code squeue -j} is asked for: of an array's waiting tasks the whole array, because its
   * list changes with every task that starts.
   *
   * @throws IllegalArgumentException when it is no job id
   */
  static String askedOf(String jobId) {
    Matcher id = JOB_ID.matcher(jobId == null ? "" : jobId);
    if (!id.matches()) {
      throw new IllegalArgumentException("not a job id of Slurm");
    }
    return isWaitingArray(jobId) ? id.group(1) : jobId;
  }

  /** How well a listed id answers one that was asked for: 2 the same, 1 of its array, 0 not. */
  static int likeness(String listed, String asked) {
    if (listed.equals(asked)) {
      return 2;
    }
    boolean sameArray = number(listed).equals(number(asked));
    boolean both = isWaitingArray(listed) && isWaitingArray(asked);
    return sameArray && (both || asked.equals(number(asked))) ? 1 : 0;
  }

  private static boolean isWaitingArray(String jobId) {
    return jobId.endsWith("]");
  }

  private static String number(String jobId) {
    int end = 0;
    while (end < jobId.length() && jobId.charAt(end) >= '0' && jobId.charAt(end) <= '9') {
      end++;
    }
    return jobId.substring(0, end);
  }
}
