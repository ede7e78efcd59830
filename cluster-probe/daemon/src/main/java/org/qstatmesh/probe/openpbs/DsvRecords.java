package org.qstatmesh.probe.openpbs;

import java.io.IOException;
import java.io.Reader;
import java.util.function.Predicate;
import org.qstatmesh.probe.drms.Problems;
import org.qstatmesh.probe.drms.UnparsableException;
import org.qstatmesh.probe.pbs.AttributeNames;
import org.qstatmesh.probe.pbs.Attributes;
import org.qstatmesh.probe.pbs.Lines;
import org.qstatmesh.probe.pbs.RecordHandler;

/**
 * {@code -F dsv}: one record a line, {@code name=value} with {@code |} between. In a value a
 * newline is written {@code \n}, the delimiter {@code \|} and a backslash {@code \\}.
 *
 * <p>Bytes that are not ASCII are printed as {@code ^} and the byte plus 0x40, after that escaping;
 * so the byte 0xCA (a letter of Latin-1, and the first half of some in UTF-8) puts a bare newline
 * into a value. A line that ends in {@code ^} therefore goes on in the next one. If that one looks
 * like a record it may have been forged, and is taken for none; but since a value at the end of a
 * line may also end so by itself, it is counted. Any other line that does not begin as a record
 * does spoils the record before it: that one is counted and left out.
 */
final class DsvRecords {
  private static final char DELIMITER = '|';
  private static final char ESCAPE = '\\';
  private static final char MANGLED = '^';

  private final Lines lines;
  private final String beginning;
  private final String firstName;
  private final AttributeNames names;
  private final Attributes attributes = new Attributes();
  private final StringBuilder value = new StringBuilder();
  private StringBuilder line = new StringBuilder();
  private StringBuilder ahead = new StringBuilder();
  private boolean aheadTooLong;
  private boolean aheadHidesRecord;

  private DsvRecords(Lines lines, String beginning, Predicate<String> wanted) {
    this.lines = lines;
    this.beginning = beginning;
    this.firstName = beginning.replaceAll("[:= ]+$", "");
    this.names = new AttributeNames(wanted);
  }

  /**
   * Reads all records.
   *
   * @param beginning what every record begins with: {@code "Job Id: "} or {@code "Name="}; without
   *     its sign and blanks it is the name of the first attribute
   * @param wanted which attributes are kept
   * @throws UnparsableException when it is another text or ends inside a line
   */
  static void read(
      Reader in,
      String beginning,
      Predicate<String> wanted,
      Problems problems,
      RecordHandler handler)
      throws IOException, UnparsableException {
    new DsvRecords(new Lines(in), beginning, wanted).read(problems, handler);
  }

  private void read(Problems problems, RecordHandler handler)
      throws IOException, UnparsableException {
    boolean more = readAhead();
    if (more && !begins(ahead, 0)) {
      throw new UnparsableException("the first line does not begin with \"" + beginning + "\"");
    }
    for (int number = 1; more; number++) {
      StringBuilder free = line;
      line = ahead;
      ahead = free;
      boolean tooLong = aheadTooLong;
      boolean spoiled = false;
      if (aheadHidesRecord) {
        problems.add("record " + number + ": what looks like the next one is part of it");
      }
      more = readAhead();
      while (more && !begins(ahead, 0)) {
        spoiled = true;
        more = readAhead();
      }
      if (spoiled || tooLong) {
        problems.add("record " + number + (tooLong ? ": is too long" : ": is broken into lines"));
      } else {
        handler.takeOrCount(this::split, number, problems);
      }
    }
  }

  private boolean begins(StringBuilder text, int at) {
    int end = at + beginning.length();
    return text.length() >= end && text.substring(at, end).equals(beginning);
  }

  /** The next line that is not empty, joined with those that go on after a mangled byte. */
  private boolean readAhead() throws IOException, UnparsableException {
    ahead.setLength(0);
    aheadTooLong = false;
    aheadHidesRecord = false;
    int joined = 0;
    while (lines.appendNext(ahead)) {
      aheadTooLong |= lines.lastWasTooLong();
      aheadHidesRecord |= joined > 0 && begins(ahead, joined);
      joined = ahead.length();
      if (joined > 0 && (aheadTooLong || ahead.charAt(joined - 1) != MANGLED)) {
        return true;
      }
    }
    if (!ahead.isEmpty()) {
      throw new UnparsableException("cut off inside a value");
    }
    return false;
  }

  private Attributes split() {
    String text = line.toString();
    attributes.clear();
    int nextEscape = text.indexOf(ESCAPE);
    int position = beginning.length();
    String name = names.wanted(firstName, 0, firstName.length());
    while (true) {
      int end = end(text, position, nextEscape);
      if (name != null) {
        boolean plain = nextEscape < 0 || nextEscape > end;
        attributes.put(
            name, plain ? text.substring(position, end) : unescaped(text, position, end));
      }
      if (end >= text.length() - 1) {
        return attributes;
      }
      if (nextEscape >= 0 && nextEscape < end) {
        nextEscape = text.indexOf(ESCAPE, end);
      }
      int equals = text.indexOf('=', end + 1);
      int delimiter = text.indexOf(DELIMITER, end + 1);
      if (equals < 0 || (delimiter >= 0 && delimiter < equals)) {
        throw new IllegalArgumentException("an attribute has no value");
      }
      name = names.wanted(text, end + 1, equals);
      position = equals + 1;
    }
  }

  /** Where a value ends: at the first delimiter that is not escaped, or with the line. */
  private static int end(String text, int from, int firstEscape) {
    int escape = firstEscape;
    int end = text.indexOf(DELIMITER, from);
    while (end >= 0 && escape >= 0 && escape < end) {
      // what follows an escape is looked at together with it
      int next = escape + (isEscape(text, escape) ? 2 : 1);
      escape = text.indexOf(ESCAPE, next);
      end = end < next ? text.indexOf(DELIMITER, next) : end;
    }
    return end < 0 ? text.length() : end;
  }

  private static boolean isEscape(String text, int at) {
    char escaped = at + 1 < text.length() ? text.charAt(at + 1) : 0;
    return escaped == DELIMITER || escaped == ESCAPE || escaped == 'n';
  }

  private String unescaped(String text, int from, int to) {
    value.setLength(0);
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c == ESCAPE && isEscape(text, i)) {
        i++;
        c = text.charAt(i) == 'n' ? '\n' : text.charAt(i);
      }
      value.append(c);
    }
    return value.toString();
  }
}
