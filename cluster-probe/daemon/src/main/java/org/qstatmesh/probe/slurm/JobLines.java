package org.qstatmesh.probe.slurm;

import java.io.IOException;
import java.io.Reader;
import java.util.function.Consumer;
import org.qstatmesh.probe.drms.Problems;
import org.qstatmesh.probe.drms.UnparsableException;
import org.qstatmesh.probe.pbs.Lines;

/**
 * The records of {@code squeue -o}, safe from what users write into names and accounts.
 *
 * <p>Where the first record has the mark, a line is a record if and only if it has it; every other
 * line is one more line of the name before it. Without the mark (recordings; a Slurm that does not
 * know the variable) a record is a line whose ids, states and times are such; a forged one could
 * not be told.
 */
final class JobLines {
  /** Which of both texts it is; the first record decides. */
  private enum Form {
    UNDECIDED,
    MARKED,
    UNMARKED
  }

  private final Mark mark;
  private final Problems problems;
  private final Consumer<JobRecord> handler;
  private JobRecord open;
  private int number;
  private Form form = Form.UNDECIDED;

  private JobLines(Mark mark, Problems problems, Consumer<JobRecord> handler) {
    this.mark = mark;
    this.problems = problems;
    this.handler = handler;
  }

  /**
   * Reads all records. The handler may throw {@link IllegalArgumentException}: that record is
   * counted as a problem.
   *
   * @throws UnparsableException when a text has no record in it, or ends inside a line
   */
  static void read(Reader in, Mark mark, Problems problems, Consumer<JobRecord> handler)
      throws IOException, UnparsableException {
    new JobLines(mark, problems, handler).read(new Lines(in));
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

  private void take(String line) {
    if (form != Form.UNMARKED && JobRecord.isMarked(line, mark)) {
      form = Form.MARKED;
      begin();
      open = ofMarked(line);
      return;
    }
    JobRecord record = form == Form.MARKED ? null : JobRecord.ofUnmarked(line, mark);
    if (record == null) {
      more(line);
      return;
    }
    form = Form.UNMARKED;
    begin();
    open = record;
  }

  private void begin() {
    close();
    number++;
  }

  private JobRecord ofMarked(String line) {
    try {
      return JobRecord.ofMarked(line, mark);
    } catch (IllegalArgumentException e) {
      problems.add("record " + number + ": " + e.getMessage());
      return null;
    }
  }

  /** A line that is no record. */
  private void more(String line) {
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
