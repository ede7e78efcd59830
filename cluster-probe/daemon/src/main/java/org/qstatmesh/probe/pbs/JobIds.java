package org.qstatmesh.probe.pbs;

import java.util.regex.Pattern;

/**
 * What a job id of PBS looks like: {@code 123}, {@code 123.server.name}, {@code 123[4].server},
 * {@code 123[].server}, and {@code 123-4.server} of old TORQUE. It begins with a digit, so it can
 * never be taken for an option.
 */
public final class JobIds {
  private static final Pattern JOB_ID =
      Pattern.compile(
          "[0-9]{1,18}(-[0-9]{1,9}|\\[[0-9]{0,9}\\])?(\\.[A-Za-z0-9][A-Za-z0-9_.-]{0,254})?");

  private JobIds() {}

  /**
   * The id, unchanged.
   *
   * @throws IllegalArgumentException when it is no job id
   */
  public static String checked(String jobId) {
    if (jobId == null || !JOB_ID.matcher(jobId).matches()) {
      throw new IllegalArgumentException("not a job id of PBS");
    }
    return jobId;
  }

  /** Whether a listed id is the one asked for, which may lack the server's name. */
  public static boolean isSame(String listed, String asked) {
    return listed != null && (listed.equals(asked) || listed.startsWith(asked + "."));
  }
}
