package org.qstatmesh.poller.change;

/** Which array a task belongs to, by the ways in which schedulers write their ids. */
final class ArrayIds {
  private ArrayIds() {}

  /**
   * The id of the whole: {@code 15[3].login1} belongs to {@code 15[].login1} (PBS, TORQUE), {@code
   * 12_4} and {@code 12_[5-9%2]} to {@code 12} (Slurm), {@code 7.2} to {@code 7} (Grid Engine).
   * Every other id is its own.
   */
  static String whole(String jobId) {
    int digits = 0;
    int length = jobId.length();
    while (digits < length && isDigit(jobId.charAt(digits))) {
      digits++;
    }
    if (digits == 0 || digits == length) {
      return jobId;
    }
    return switch (jobId.charAt(digits)) {
      case '[' -> withoutIndex(jobId, digits);
      case '_' -> jobId.substring(0, digits);
      case '.' -> isNumber(jobId, digits + 1) ? jobId.substring(0, digits) : jobId;
      default -> jobId;
    };
  }

  private static String withoutIndex(String jobId, int open) {
    int close = jobId.indexOf(']', open);
    if (close < 0 || close == open + 1) {
      return jobId;
    }
    return jobId.substring(0, open + 1) + jobId.substring(close);
  }

  private static boolean isNumber(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      if (!isDigit(text.charAt(i))) {
        return false;
      }
    }
    return from < text.length();
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
