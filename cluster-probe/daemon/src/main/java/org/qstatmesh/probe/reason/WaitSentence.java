package org.qstatmesh.probe.reason;

/**
 * The sentences. They hold no number, name or time, so that jobs which wait for the same thing have
 * the same reason.
 *
 * <p>Declared by weight: where several hold at once, the first is what keeps the job from running
 * whatever becomes of the others.
 */
public enum WaitSentence {
  /** It was tried and failed; nobody tries again until somebody releases it. */
  FAILED("held after an error: somebody must release it"),
  /** Its dependency has failed for good. */
  LOST_DEPENDENCY("waits for another job that can no longer succeed"),
  /** A dependency. */
  ANOTHER_JOB("waits for another job"),
  /** qhold, scontrol hold, submitted with a hold. */
  USER_HOLD("held by its user"),
  /** Held by somebody with more rights, or by the system. */
  ADMINISTRATOR_HOLD("held by an operator or administrator"),
  /** Held, and the scheduler does not say by whom. */
  HOLD("held by its user, an operator or the system"),
  /** Submitted for later, or its reservation or prime time has not begun. */
  START_TIME("waits for its start time"),
  /** The queue accepts jobs and starts none. */
  QUEUE_STOPPED("its queue is stopped"),
  /** Dedicated time and maintenance reservations. */
  MAINTENANCE("would not end before maintenance"),
  /** As many tasks of its array run as may at a time. */
  ARRAY_LIMIT("waits for the slot limit of its array"),
  /** A limit on what one user may have running. */
  USER_LIMIT("its user is at a limit"),
  /** The same for a group, account or project. */
  GROUP_LIMIT("your group is at its limit"),
  /** The same for a queue, a quality of service or the whole cluster. */
  QUEUE_LIMIT("its queue or service class is at its limit"),
  /** A licence that the scheduler counts. */
  LICENCE("waits for a licence"),
  /** Would fit, but not before others. */
  TURN("waits its turn: others have higher priority"),
  /** The ordinary reason. */
  FREE_RESOURCES("waits for free resources"),
  /** What it asks for exists and does not work at present. */
  NODES_DOWN("its nodes are down or drained"),
  /** Will never run here as it is. */
  NO_SUCH_NODE("asks for what no node has"),
  /** Will never run in this queue or under this account as it is. */
  BEYOND_LIMITS("asks for more than its queue or account allows"),
  /** Account, project or service class are not let in. */
  NOT_ALLOWED("its queue does not accept its user or account"),
  /** Maui's Deferred: it will be looked at again after a while. */
  DEFERRED("put off for a while: the scheduler could not start it");

  private final String sentence;

  WaitSentence(String sentence) {
    this.sentence = sentence;
  }

  /** The sentence. */
  public String sentence() {
    return sentence;
  }

  /** The weightier of two, either of which may be null. */
  public static WaitSentence weightier(WaitSentence a, WaitSentence b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return a.compareTo(b) <= 0 ? a : b;
  }
}
