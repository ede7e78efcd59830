package org.qstatmesh.probe.maui;

import java.io.IOException;
import java.io.Reader;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.qstatmesh.probe.drms.Problems;
import org.qstatmesh.probe.drms.UnparsableException;
import org.qstatmesh.probe.pbs.Numbers;
import org.qstatmesh.probe.reason.PlainReasons;
import org.qstatmesh.probe.reason.ReasonSource;
import org.qstatmesh.probe.reason.WaitSentence;
import org.qstatmesh.wire.Job;

/**
 * {@code showq}: lists of active, idle (Moab: eligible) and blocked jobs, then how many there are;
 * {@code showq -b}: of Moab the blocked ones in the same form, of Maui the number, user and reason
 * of each. Columns shift with long user names, so a line is read by its words.
 *
 * <p>A text without its total was cut off, unless Maui says that it cut it itself. Maui's reasons
 * have no end of their own: cut between lines, they tell of fewer jobs, and of each what is true.
 */
final class QueueListing {
  private static final Pattern SECTION =
      Pattern.compile("(active|idle|eligible|blocked) jobs-+\\s*", Pattern.CASE_INSENSITIVE);
  private static final Pattern REASONS =
      Pattern.compile("\\s*jobname\\s+user\\s+reason\\s*", Pattern.CASE_INSENSITIVE);
  private static final Pattern HEADING_OR_COUNT =
      Pattern.compile(
          "\\s*(job(name|id)\\s.*|\\d+ (active|idle|eligible|blocked) jobs?\\b.*"
              + "|[\\d.]+ of +[\\d.]+ .*)",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern TOTAL =
      Pattern.compile("total jobs?: +(\\d{1,9})\\b.*", Pattern.CASE_INSENSITIVE);
  private static final Pattern BLANKS = Pattern.compile("\\s+");

  /** Number, user, state, processors, time left or asked for, and a time of four words. */
  private static final int FEWEST_WORDS = 5;

  private static final int LONGEST_REASON = 256;

  private enum Section {
    ACTIVE,
    IDLE,
    BLOCKED,
    REASONS
  }

  private final Problems problems;
  private final WaitingJobs waiting = new WaitingJobs();
  private final PlainReasons plainReasons = new PlainReasons(ReasonSource.MAUI);
  private Section section;
  private int listed;
  private Long total;

  private QueueListing(Problems problems) {
    this.problems = problems;
  }

  static UnaryOperator<Job> parse(Reader in, Problems problems)
      throws IOException, UnparsableException {
    QueueListing listing = new QueueListing(problems);
    MauiLines lines = new MauiLines(in);
    for (String line = lines.next(); line != null; line = lines.next()) {
      listing.read(line);
    }
    listing.finish(lines.truncated());
    return listing.waiting;
  }

  private void read(String line) {
    Matcher heading = SECTION.matcher(line);
    Matcher count = TOTAL.matcher(line);
    if (heading.matches()) {
      section = sectionOf(heading.group(1).charAt(0));
    } else if (section == null && REASONS.matcher(line).matches()) {
      section = Section.REASONS;
    } else if (section == Section.REASONS && !line.isBlank()) {
      readReason(line.strip());
    } else if (count.matches()) {
      total = Numbers.parseLong(count.group(1));
    } else if (section != null && !line.isBlank() && !HEADING_OR_COUNT.matcher(line).matches()) {
      readJob(line.strip());
    }
  }

  private static Section sectionOf(char letter) {
    return switch (letter) {
      case 'a', 'A' -> Section.ACTIVE;
      case 'b', 'B' -> Section.BLOCKED;
      default -> Section.IDLE;
    };
  }

  private void readJob(String line) {
    String[] words = BLANKS.split(line);
    if (words.length < FEWEST_WORDS || Numbers.parseLong(words[3]) == null) {
      problems.add("a line of showq is no job");
      return;
    }
    listed++;
    WaitSentence sentence = meaning(words[2]);
    if (sentence != null) {
      waiting.add(words[0], words[1], sentence.sentence());
    }
  }

  /** What a section and a state mean together; a blocked idle job is blocked for another reason. */
  private WaitSentence meaning(String state) {
    return switch (section) {
      case ACTIVE, REASONS -> null;
      // it may start, by all rules, as soon as what it asks for is free
      case IDLE -> WaitSentence.FREE_RESOURCES;
      case BLOCKED -> ReasonSource.MAUI.meaning("non-idle state '" + state + "'");
    };
  }

  private void readReason(String line) {
    String[] words = BLANKS.split(line, 3);
    if (words.length < 2 || words[0].charAt(0) < '0' || words[0].charAt(0) > '9') {
      problems.add("a line of showq -b is no job");
      return;
    }
    listed++;
    if (words.length == 3 && words[2].length() <= LONGEST_REASON) {
      waiting.add(words[0], words[1], plainReasons.of(words[2]));
    }
  }

  private void finish(boolean truncated) throws UnparsableException {
    if (section == null) {
      throw new UnparsableException("the answer is no list of showq");
    }
    if (truncated) {
      problems.add("showq has cut its list after " + listed + " jobs");
      // the last line before the note may have been cut as well
      waiting.removeNewest();
    } else if (section != Section.REASONS && total == null) {
      throw new UnparsableException("the list of showq has no end");
    } else if (total != null && total != listed) {
      problems.add("showq lists " + listed + " of " + total + " jobs");
    }
  }
}
