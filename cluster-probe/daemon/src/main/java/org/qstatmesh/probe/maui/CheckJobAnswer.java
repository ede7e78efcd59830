package org.qstatmesh.probe.maui;

import java.io.IOException;
import java.io.Reader;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.qstatmesh.probe.drms.UnparsableException;
import org.qstatmesh.probe.pbs.Durations;
import org.qstatmesh.probe.reason.ReasonSource;
import org.qstatmesh.probe.reason.WaitSentence;
import org.qstatmesh.wire.JobDetail;

/**
 * {@code checkjob -v ID} of Maui and Moab. It names the job first, then what it asks for, and last
 * why it does not start.
 */
final class CheckJobAnswer {
  /** {@code checking job 42 (RM job '42.login1')}; Moab leaves out the first word and the rest. */
  private static final Pattern HEADING =
      Pattern.compile("(?:checking )?job (\\S+)(?: \\(RM job '([^' ]+)'\\))?\\s*");

  private static final Pattern DEFERRED =
      Pattern.compile("job is deferred\\. +Reason: +(\\w+) +\\((.*)");
  private static final Pattern HOLDS =
      Pattern.compile("Holds: +([A-Za-z, ]*?)(?: *\\(hold reason: +(\\w+)\\))?\\s*");

  /** Text in parentheses that says why. */
  private static final Pattern WHY =
      Pattern.compile(
          "(?:NOTE: +)?(?:cannot select job \\S+ for partition \\S+"
              + "|job cannot run(?: in (?:any )?partition(?: \\S+?)?\\.?)?"
              + "|job violates constraints for partition \\S+) +\\((.*)\\)\\s*");

  private static final Pattern BLOCK = Pattern.compile("BLOCK MSG: +(.*?)(?: \\(recorded at.*)?");
  private static final Pattern CAN_RUN =
      Pattern.compile("(?:NOTE: +)?(job can run in partition).*");
  private static final Pattern QUEUED = Pattern.compile("\\(Time Queued +Total: +([0-9:]+) .*");
  private static final Pattern RESERVATION =
      Pattern.compile("Reservation '\\S+' \\( *([0-9:]+) -> .*");

  private static final int LONGEST_REASON = 256;

  private final String jobId;
  private final AllowedLines allowed = new AllowedLines();
  private boolean named;
  private WaitSentence deferral;
  private WaitSentence cause;
  private String unknownCause;
  private Long queuedSeconds;
  private Long startsInSeconds;

  private CheckJobAnswer(String jobId) {
    this.jobId = jobId;
  }

  /**
   * What the answer adds to the job asked for.
   *
   * @throws UnparsableException when it is about another job
   */
  static UnaryOperator<JobDetail> parse(Reader in, String jobId)
      throws IOException, UnparsableException {
    CheckJobAnswer answer = new CheckJobAnswer(jobId);
    MauiLines lines = new MauiLines(in);
    for (String line = lines.next(); line != null; line = lines.next()) {
      if (!line.isBlank()) {
        answer.take(line.strip());
      }
    }
    return answer.checked();
  }

  private void take(String line) throws UnparsableException {
    if (!named) {
      Matcher heading = HEADING.matcher(line);
      if (!heading.matches() || !isAskedFor(heading.group(1), heading.group(2))) {
        throw new UnparsableException("the answer of checkjob is about another job");
      }
      named = true;
      return;
    }
    allowed.add(line);
    explain(line);
  }

  /** Maui's number and, where it gives it, the whole id of qstat. */
  private boolean isAskedFor(String number, String wholeId) {
    return JobNumber.of(number).equals(JobNumber.of(jobId))
        && (wholeId == null || wholeId.equals(jobId) || wholeId.startsWith(jobId + "."));
  }

  private void explain(String line) {
    Matcher deferred = DEFERRED.matcher(line);
    Matcher holds = HOLDS.matcher(line);
    Matcher queued = QUEUED.matcher(line);
    Matcher reservation = RESERVATION.matcher(line);
    if (deferred.matches()) {
      WaitSentence known = ReasonSource.MAUI.meaning(deferred.group(1));
      deferral = known == null ? WaitSentence.DEFERRED : known;
    } else if (holds.matches()) {
      Arrays.stream(holds.group(1).split("[ ,]+", -1))
          .forEach(hold -> cause = WaitSentence.weightier(cause, holder(hold)));
    } else if (queued.matches()) {
      queuedSeconds = Durations.parseSeconds(queued.group(1));
    } else if (reservation.matches()) {
      startsInSeconds = Durations.parseSeconds(reservation.group(1));
    } else {
      explain(WHY.matcher(line));
      explain(BLOCK.matcher(line));
      explain(CAN_RUN.matcher(line));
    }
  }

  private void explain(Matcher why) {
    if (why.matches()) {
      WaitSentence known = ReasonSource.MAUI.meaning(why.group(1));
      cause = WaitSentence.weightier(cause, known);
      if (known == null && unknownCause == null && why.group(1).length() <= LONGEST_REASON) {
        unknownCause = AllowedLines.masked(why.group(1));
      }
    }
  }

  private static WaitSentence holder(String hold) {
    return switch (hold) {
      case "User" -> WaitSentence.USER_HOLD;
      case "System" -> WaitSentence.ADMINISTRATOR_HOLD;
      case "Batch" -> WaitSentence.FAILED;
      default -> null;
    };
  }

  private CheckedJob checked() throws UnparsableException {
    if (!named) {
      throw new UnparsableException("the answer of checkjob names no job");
    }
    WaitSentence known = deferral == null ? cause : deferral;
    return new CheckedJob(
        allowed.text(),
        known == null ? unknownCause : known.sentence(),
        known != WaitSentence.HOLD,
        queuedSeconds,
        startsInSeconds);
  }
}
