package org.qstatmesh.probe.pbs;

import java.util.regex.Pattern;
import org.qstatmesh.wire.JobState;

/**
 * Why a job waits: the scheduler's comment; where it writes none (held jobs mostly), what the hold
 * and the dependency say, in plain words. Null for jobs that do not wait: the comment of a running
 * job only tells where it runs.
 */
public final class WaitReason {
  /**
   * Left over from a run that was ended and queued again, or from an array of which some tasks run.
   */
  private static final Pattern STARTED = Pattern.compile("Job (started|run|Array Began) ");

  private WaitReason() {}

  /** The reason for a snapshot. */
  public static String of(Attributes attributes, JobState state) {
    if (state != JobState.QUEUED && state != JobState.HELD) {
      return null;
    }
    String comment = attributes.text("comment");
    boolean tells = comment != null && !comment.isBlank() && !STARTED.matcher(comment).lookingAt();
    return tells ? comment.strip() : inPlainWords(attributes, state);
  }

  /** The reason from hold, dependency and time; null when none of them holds the job back. */
  public static String inPlainWords(Attributes attributes, JobState state) {
    if (state != JobState.QUEUED && state != JobState.HELD) {
      return null;
    }
    String holds = attributes.text("Hold_Types");
    if (holds != null && holds.contains("s") && waitsForAnother(attributes.text("depend"))) {
      return "waits for another job";
    }
    String hold = holds == null ? null : holder(holds);
    if (hold != null) {
      return hold;
    }
    return "W".equals(attributes.text("job_state")) ? "waits for its start time" : null;
  }

  /** A {@code before…} dependency is the other end: somebody waits for this job. */
  private static boolean waitsForAnother(String depend) {
    return depend != null
        && (depend.startsWith("after") || depend.startsWith("on:") || depend.contains(",after"));
  }

  private static String holder(String holds) {
    if (holds.contains("u")) {
      return "held by its user";
    }
    if (holds.contains("o")) {
      return "held by an operator";
    }
    if (holds.contains("s")) {
      return "held by the system or an administrator";
    }
    if (holds.contains("p")) {
      return "held: its password is not valid";
    }
    // TORQUE: -t 0-9%4 lets four tasks run at a time
    return holds.contains("l") ? "waits for the slot limit of its array" : null;
  }
}
