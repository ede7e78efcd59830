package org.qstatmesh.probe.pbs;

import java.io.IOException;
import java.io.Reader;
import org.qstatmesh.probe.drms.Problems;
import org.qstatmesh.probe.drms.UnparsableException;

/**
 * The attribute text of {@code qstat -Qf} and {@code qstat -Bf}: a heading {@code Queue: batch},
 * attributes behind four blanks, an empty line after each record, the last one too. A line too long
 * is wrapped, if need be in the middle of a word, and goes on behind a tab; it is joined with
 * nothing between.
 *
 * <p>Not for jobs: users can forge whole jobs in that form, by an environment variable with
 * newlines in it. What stands in queues and servers, administrators wrote.
 */
final class AttributeText {
  /** Under this name the record's own name is kept. */
  static final String NAME = "";

  private static final String INDENT = "    ";
  private static final String EQUALS = " = ";

  private final String heading;
  private final Attributes attributes = new Attributes();
  private final StringBuilder value = new StringBuilder();
  private String attribute;
  private int number;

  private AttributeText(String heading) {
    this.heading = heading;
  }

  /**
   * Reads all records.
   *
   * @param kind {@code Queue} or {@code Server}
   * @throws UnparsableException when it is another text or ends inside a record
   */
  static void read(Reader in, String kind, Problems problems, RecordHandler handler)
      throws IOException, UnparsableException {
    new AttributeText(kind + ": ").read(new Lines(in), problems, handler);
  }

  private void read(Lines lines, Problems problems, RecordHandler handler)
      throws IOException, UnparsableException {
    StringBuilder line = new StringBuilder();
    boolean inside = false;
    while (lines.appendNext(line)) {
      if (line.isEmpty()) {
        if (inside) {
          endAttribute();
          handler.takeOrCount(() -> attributes, number, problems);
        }
        inside = false;
      } else if (inside) {
        take(line);
      } else {
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
    if (!line.toString().startsWith(heading)) {
      throw new UnparsableException(
          "record " + number + " does not begin with \"" + heading.strip() + "\"");
    }
    attributes.clear();
    attributes.put(NAME, line.substring(heading.length()));
  }

  private void take(StringBuilder line) {
    if (line.charAt(0) == '\t') {
      value.append(line, 1, line.length());
      return;
    }
    int equals = line.indexOf(EQUALS);
    if (equals > INDENT.length() && line.indexOf(INDENT) == 0) {
      endAttribute();
      attribute = line.substring(INDENT.length(), equals);
      value.append(line, equals + EQUALS.length(), line.length());
    } else {
      // the second line of a comment somebody wrote
      value.append('\n').append(line);
    }
  }

  private void endAttribute() {
    if (attribute != null) {
      attributes.put(attribute, value.toString());
    }
    attribute = null;
    value.setLength(0);
  }
}
