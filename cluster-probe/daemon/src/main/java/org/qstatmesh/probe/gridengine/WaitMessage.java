package org.qstatmesh.probe.gridengine;

import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * Why the scheduler did not start a job, in plain words. It writes one message for each queue and
 * reason, with queue names and the job's own request in it; the weightier of several comes first
 * here. Of 8.1.9 and 6.2.
 */
enum WaitMessage {
  /** In error state. */
  ERROR("stopped by an error; its user or an administrator must clear it", "job is in error state"),
  /** Waits for other jobs. */
  DEPENDENCY("waits for another job", "because of job dependencies"),
  /** Held by somebody. */
  HOLD("held by its user, an operator or the system", "is in hold state|because of hold"),
  /** Before its time. */
  START_TIME("waits for its start time", "execution time not reached"),
  /** Limits of users, groups and projects. */
  LIMIT(
      "its user, group or project is at a limit",
      "because of user limitations|because of user/group limitations|exceeds limit"),
  /** Tasks at a time. */
  TASK_LIMIT("as many tasks of its array run as may", "not all array tasks may be started"),
  /** Something free is missing. */
  RESOURCES(
      "waits for free resources",
      "only offers|offers only|because it is full|overload or full|not in range of job"),
  /** Where this is all there is to say, no host can ever run it. */
  UNKNOWN_RESOURCE("asks for a resource that no host offers", "requests unknown resource"),
  /** Not allowed. */
  ACCESS("has no access to the queues or the project", "has no (permission|access)|no access to");

  private final String sentence;
  private final Pattern words;

  WaitMessage(String sentence, String words) {
    this.sentence = sentence;
    this.words = Pattern.compile(words, Pattern.CASE_INSENSITIVE);
  }

  /** In plain words. */
  String sentence() {
    return sentence;
  }

  /** What a message of the scheduler means; null for those that explain nothing by themselves. */
  static WaitMessage of(String message) {
    return Arrays.stream(values())
        .filter(known -> known.words.matcher(message).find())
        .findFirst()
        .orElse(null);
  }

  /** The weightier of two, either of which may be null. */
  static WaitMessage weightier(WaitMessage a, WaitMessage b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return a.compareTo(b) <= 0 ? a : b;
  }
}
