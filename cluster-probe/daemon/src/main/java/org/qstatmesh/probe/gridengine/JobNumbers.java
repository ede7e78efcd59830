package org.qstatmesh.probe.gridengine;

import java.util.regex.Pattern;

/**
 * Job ids of Grid Engine: {@code 7}, and {@code 7.2} for one task of an array. They begin with a
 * digit, so they can never be taken for an option.
 */
final class JobNumbers {
  private static final Pattern JOB_ID = Pattern.compile("[0-9]{1,18}(\\.[0-9]{1,9})?");

  private JobNumbers() {}

  /**
   * The id, unchanged.
   *
   * @throws IllegalArgumentException when it is no job id
   */
  static String checked(String jobId) {
    if (jobId == null || !JOB_ID.matcher(jobId).matches()) {
      throw new IllegalArgumentException("not a job id of Grid Engine");
    }
    return jobId;
  }

  /** The job's own number: {@code 7} of {@code 7.2}. */
  static String jobOf(String jobId) {
    int dot = jobId.indexOf('.');
    return dot < 0 ? jobId : jobId.substring(0, dot);
  }
}
