package org.qstatmesh.probe.pbs;

import java.util.regex.Pattern;
import org.qstatmesh.probe.reason.PlainReasons;
import org.qstatmesh.probe.reason.ReasonSource;
import org.qstatmesh.probe.reason.WaitSentence;
import org.qstatmesh.wire.JobState;

/**
 * Why a job waits: what its hold, its dependency, its time and the scheduler's comment say, in
 * plain words; a comment that is not known stays as it is where nothing else is. Null for jobs that
 * do not wait: the comment of a running job only tells where it runs. For one listing and its
 * thread.
 */
final class WaitReason {
  /**
   * Left over from a run that was ended and queued again, or from an array of which some tasks run.
   */
  private static final Pattern STARTED = Pattern.compile("Job (started|run|Array Began) ");

  private final PlainReasons comments = new PlainReasons(ReasonSource.PBS);

  /** The reason. */
  String of(Attributes attributes, JobState state) {
    if (state != JobState.QUEUED && state != JobState.HELD) {
      return null;
    }
    WaitSentence hold = hold(attributes);
    String comment = comment(attributes);
    if (hold == null || comment == null) {
      return hold == null ? comments.of(comment) : hold.sentence();
    }
    // a comment may be older than the hold, or say why the server holds the job
    return WaitSentence.weightier(hold, comments.meaning(comment)).sentence();
  }

  private static String comment(Attributes attributes) {
    String comment = attributes.text("comment");
    boolean tells = comment != null && !comment.isBlank() && !STARTED.matcher(comment).lookingAt();
    return tells ? comment.strip() : null;
  }

  /** What hold, dependency and time say; null when none of them holds the job back. */
  private static WaitSentence hold(Attributes attributes) {
    String holds = attributes.text("Hold_Types");
    if (holds != null && holds.contains("s") && waitsForAnother(attributes.text("depend"))) {
      return WaitSentence.ANOTHER_JOB;
    }
    WaitSentence hold = holds == null ? null : holder(holds);
    if (hold != null) {
      return hold;
    }
    return "W".equals(attributes.text("job_state")) ? WaitSentence.START_TIME : null;
  }

  /** A {@code before…} dependency is the other end: somebody waits for this job. */
  private static boolean waitsForAnother(String depend) {
    return depend != null
        && (depend.startsWith("after") || depend.startsWith("on:") || depend.contains(",after"));
  }

  private static WaitSentence holder(String holds) {
    if (holds.contains("u")) {
      return WaitSentence.USER_HOLD;
    }
    if (holds.contains("o") || holds.contains("s")) {
      return WaitSentence.ADMINISTRATOR_HOLD;
    }
    if (holds.contains("p")) {
      // OpenPBS: its user's password is no longer valid
      return WaitSentence.FAILED;
    }
    // TORQUE: -t 0-9%4 lets four tasks run at a time
    return holds.contains("l") ? WaitSentence.ARRAY_LIMIT : null;
  }
}
