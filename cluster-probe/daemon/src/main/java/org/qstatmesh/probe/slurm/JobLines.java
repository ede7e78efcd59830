package org.qstatmesh.probe.slurm;

import java.io.IOException;
import java.io.Reader;
import java.util.function.Consumer;
import org.qstatmesh.probe.drms.Problems;
import org.qstatmesh.probe.drms.UnparsableException;
import org.qstatmesh.probe.pbs.Lines;

/**
 * The records of {@code squeue -o}, safe from what users write into names, accounts and requests.
 *
 * <p>Where the first record has the mark, a line is a record if and only if it has it; every other
 * line is one more line of the name, or of the request for GPUs, before it. Without the mark
 * (recordings; a wrapper that drops the variable) a record is a line whose ids, states and times
 * are such; a forged one could not be told.
 */
final class JobLines {
  /** Which of both texts it is; the first record decides. */
  private enum Form {
    UNDECIDED,
    MARKED,
    UNMARKED
  }

  /** Whether a text without marks is read. */
  enum Trust {
    MARKED_ONLY,
    UNMARKED_TOO
  }

  /** No record is read further. */
  private static final int LONGEST_RECORD = 64 << 10;

  private final Mark mark;
  private final Trust trust;
  private final Problems problems;
  private final Consumer<JobRecord> handler;
  private JobRecord open;

  /** A record whose request for GPUs has a newline in it, as far as it was read. */
  private StringBuilder unfinished;

  private int number;
  private Form form = Form.UNDECIDED;

  private JobLines(Mark mark, Trust trust, Problems problems, Consumer<JobRecord> handler) {
    this.mark = mark;
    this.trust = trust;
    this.problems = problems;
    this.handler = handler;
  }

  /**
   * Reads all records. The handler may throw {@link IllegalArgumentException}: that record is
   * counted as a problem.
   *
   * @throws UnparsableException when a text has no record in it, or ends inside a line, or is not
   *     to be trusted
   */
  static void read(
      Reader in, Mark mark, Trust trust, Problems problems, Consumer<JobRecord> handler)
      throws IOException, UnparsableException {
    new JobLines(mark, trust, problems, handler).read(new Lines(in));
  }

  private void read(Lines lines) throws IOException, UnparsableException {
    StringBuilder line = new StringBuilder();
    boolean any = false;
    while (lines.appendNext(line)) {
      any = true;
      if (lines.lastWasTooLong()) {
        problems.add("record " + number + ": a line is too long");
      } else {
        take(line.toString());
      }
      line.setLength(0);
    }
    close();
    if (any && form == Form.UNDECIDED) {
      throw new UnparsableException("no line is a job record");
    }
  }

  private void take(String line) throws UnparsableException {
    if (form != Form.UNMARKED && JobRecord.isMarked(line, mark)) {
      form = Form.MARKED;
      begin();
      takeMarked(line);
      return;
    }
    JobRecord record = form == Form.MARKED ? null : JobRecord.ofUnmarked(line, mark);
    if (record == null) {
      more(line);
      return;
    }
    if (trust == Trust.MARKED_ONLY) {
      throw new UnparsableException("its times lack the mark that they were asked for");
    }
    form = Form.UNMARKED;
    begin();
    open = record;
  }

  private void begin() {
    close();
    number++;
  }

  private void takeMarked(String text) {
    unfinished = null;
    try {
      open = JobRecord.ofMarked(text, mark);
    } catch (IllegalArgumentException e) {
      if (!JobRecord.lacksFields(text, mark) || text.length() > LONGEST_RECORD) {
        problems.add("record " + number + ": " + e.getMessage());
      } else {
        unfinished = new StringBuilder(text);
      }
    }
  }

  /** A line that is no record. */
  private void more(String line) {
    if (unfinished != null) {
      takeMarked(unfinished.append('\n').append(line).toString());
      return;
    }
    if (number == 0) {
      problems.add("a line before the first record is none");
    } else if (JobRecord.beginsLikeRecord(line)) {
      problems.add("record " + number + ": a line of its name imitates a record");
    }
    if (open != null) {
      open.addToName(line);
    }
  }

  private void close() {
    if (unfinished != null) {
      problems.add("record " + number + ": fields are missing");
      unfinished = null;
    }
    if (open == null) {
      return;
    }
    JobRecord record = open;
    open = null;
    try {
      handler.accept(record);
    } catch (IllegalArgumentException e) {
      problems.add("record " + number + ": " + e.getMessage());
    }
  }
}
