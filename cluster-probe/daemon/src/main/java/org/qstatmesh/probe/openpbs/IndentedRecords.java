package org.qstatmesh.probe.openpbs;

import java.io.IOException;
import java.io.Reader;
import java.util.Set;
import java.util.function.Predicate;
import org.qstatmesh.probe.drms.Problems;
import org.qstatmesh.probe.drms.UnparsableException;
import org.qstatmesh.probe.pbs.Attributes;
import org.qstatmesh.probe.pbs.Lines;
import org.qstatmesh.probe.pbs.RecordHandler;

/**
 * {@code qstat -f} and {@code pbsnodes -av} of PBS Pro before 14, which knows no {@code -F}: a
 * heading, attributes behind blanks, an empty line after each record, the last one too. A line too
 * long is wrapped, if need be in the middle of a word, and goes on behind a tab; it is joined with
 * nothing between.
 *
 * <p>A job's environment is printed with its newlines, so that it can hold lines like a record's.
 * Nothing in it is believed until an attribute that the server lists behind it; what begins like a
 * job before that is part of it, and counted. Who writes such an attribute too can still forge a
 * job, of this form nothing better can be said: it is read only where the safe one is refused.
 */
final class IndentedRecords {
  private static final String EQUALS = " = ";
  private static final String ENVIRONMENT = "Variable_List";
  private static final int LONGEST_VALUE = 4 << 20;

  /** Attributes that stand behind the environment, in the order of 13 to 23. */
  private static final Set<String> BEHIND_ENVIRONMENT =
      Set.of(
          "euser",
          "egroup",
          "hashname",
          "hop_count",
          "queue_rank",
          "queue_type",
          "comment",
          "etime",
          "umask",
          "run_count",
          "eligible_time",
          "accrue_type",
          "array",
          "array_id",
          "array_index",
          "array_state_count",
          "array_indices_remaining",
          "array_indices_submitted",
          "Submit_arguments",
          "estimated.exec_vnode",
          "estimated.start_time",
          "project",
          "run_version",
          "Submit_Host");

  private final String beginning;
  private final String name;
  private final Predicate<String> wanted;
  private final Attributes attributes = new Attributes();
  private final StringBuilder value = new StringBuilder();
  private String attribute;
  private boolean inEnvironment;
  private boolean hidesRecord;
  private int number;

  private IndentedRecords(String beginning, String name, Predicate<String> wanted) {
    this.beginning = beginning;
    this.name = name;
    this.wanted = wanted;
  }

  /** {@code qstat -f}; the id is the attribute {@code Job Id}. */
  static void readJobs(
      Reader in, Predicate<String> wanted, Problems problems, RecordHandler handler)
      throws IOException, UnparsableException {
    new IndentedRecords("Job Id: ", "Job Id", wanted).read(new Lines(in), problems, handler);
  }

  /** {@code pbsnodes -av}; the vnode's name is the attribute {@code Name}. */
  static void readVnodes(
      Reader in, Predicate<String> wanted, Problems problems, RecordHandler handler)
      throws IOException, UnparsableException {
    new IndentedRecords("", "Name", wanted).read(new Lines(in), problems, handler);
  }

  private void read(Lines lines, Problems problems, RecordHandler handler)
      throws IOException, UnparsableException {
    StringBuilder line = new StringBuilder();
    boolean inside = false;
    while (lines.appendNext(line)) {
      if (inside && line.isEmpty() && !inEnvironment) {
        end(problems, handler);
        inside = false;
      } else if (inside) {
        take(line);
      } else if (!line.isEmpty()) {
        begin(line);
        inside = true;
      }
      line.setLength(0);
    }
    if (inside) {
      throw new UnparsableException("cut off inside record " + number);
    }
  }

  private void begin(StringBuilder line) throws UnparsableException {
    number++;
    if (line.indexOf(beginning) != 0 || Character.isWhitespace(line.charAt(0))) {
      throw new UnparsableException("record " + number + " does not begin as one does");
    }
    attributes.clear();
    attributes.put(name, line.substring(beginning.length()));
    attribute = null;
    inEnvironment = false;
    hidesRecord = false;
  }

  private void take(StringBuilder line) {
    String key = keyOf(line);
    if (inEnvironment && (key == null || !BEHIND_ENVIRONMENT.contains(key))) {
      hidesRecord |= !beginning.isEmpty() && line.indexOf(beginning) == 0;
      return;
    }
    if (key == null) {
      boolean wrapped = !line.isEmpty() && line.charAt(0) == '\t';
      append(wrapped ? "" : "\n", line, wrapped ? 1 : 0);
      return;
    }
    keep();
    inEnvironment = key.equals(ENVIRONMENT);
    attribute = !inEnvironment && wanted.test(key) ? key : null;
    append("", line, line.indexOf(EQUALS) + EQUALS.length());
  }

  private void append(String between, StringBuilder line, int from) {
    if (attribute != null && value.length() + line.length() < LONGEST_VALUE) {
      value.append(between).append(line, from, line.length());
    }
  }

  /** Of {@code key = value} behind four blanks or more; null of any other line. */
  private static String keyOf(StringBuilder line) {
    int from = 0;
    while (from < line.length() && line.charAt(from) == ' ') {
      from++;
    }
    int equals = line.indexOf(EQUALS);
    if (from < 4 || equals <= from) {
      return null;
    }
    String key = line.substring(from, equals);
    return key.indexOf(' ') < 0 ? key : null;
  }

  private void keep() {
    if (attribute != null) {
      attributes.put(attribute, value.toString());
    }
    attribute = null;
    value.setLength(0);
  }

  private void end(Problems problems, RecordHandler handler) {
    keep();
    if (hidesRecord) {
      problems.add("record " + number + ": what looks like the next one is part of it");
    }
    handler.takeOrCount(() -> attributes, number, problems);
  }
}
