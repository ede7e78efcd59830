package org.qstatmesh.probe.openpbs;

import java.io.IOException;
import java.io.Reader;
import java.util.function.Predicate;
import org.qstatmesh.probe.drms.Problems;
import org.qstatmesh.probe.drms.UnparsableException;
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
  private final Predicate<String> wanted;
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
    this.wanted = wanted;
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
    attributes.clear();
    int position = takeValue(beginning.length(), firstName);
    while (position < line.length()) {
      int equals = line.indexOf("=", position);
      int end = line.indexOf("|", position);
      if (equals < 0 || (end >= 0 && end < equals)) {
        throw new IllegalArgumentException("an attribute has no value");
      }
      position = takeValue(equals + 1, line.substring(position, equals));
    }
    return attributes;
  }

  /** Reads a value up to its delimiter; gives the place behind it. */
  private int takeValue(int from, String name) {
    boolean keep = wanted.test(name);
    value.setLength(0);
    int i = from;
    for (; i < line.length() && line.charAt(i) != DELIMITER; i++) {
      char c = line.charAt(i);
      if (c == ESCAPE && i + 1 < line.length()) {
        char escaped = line.charAt(i + 1);
        if (escaped == DELIMITER || escaped == ESCAPE || escaped == 'n') {
          c = escaped == 'n' ? '\n' : escaped;
          i++;
        }
      }
      if (keep) {
        value.append(c);
      }
    }
    if (keep) {
      attributes.put(name, value.toString());
    }
    return i + 1;
  }
}
