package org.qstatmesh.probe.slurm;

import java.io.IOException;
import java.io.Reader;
import java.util.function.Consumer;
import org.qstatmesh.probe.drms.Problems;
import org.qstatmesh.probe.drms.UnparsableException;
import org.qstatmesh.probe.pbs.Lines;

/**
 * {@code scontrol -o show}: a record on each line, {@code NodeName=n001 Arch=x86_64 …}. What stands
 * in it administrators wrote; where a comment has more lines, those are counted.
 */
final class ScontrolLines {
  private ScontrolLines() {}

  /**
   * Reads all records.
   *
   * @param first name of the attribute that each begins with
   * @param none what scontrol says when there is no record
   * @throws UnparsableException when it is another text, or ends inside a line
   */
  static void read(Reader in, String first, String none, Problems problems, Consumer<Entry> handler)
      throws IOException, UnparsableException {
    Lines lines = new Lines(in);
    StringBuilder line = new StringBuilder();
    int number = 0;
    while (lines.appendNext(line)) {
      String text = line.toString();
      line.setLength(0);
      if (text.startsWith(first + "=")) {
        number++;
        take(new Entry(" " + text), number, problems, handler);
      } else if (number > 0 && !text.isBlank()) {
        problems.add("record " + number + ": a line behind it is no record");
      } else if (number == 0 && !text.isBlank() && !text.strip().equals(none)) {
        throw new UnparsableException("does not begin with \"" + first + "=\"");
      }
    }
  }

  private static void take(Entry entry, int number, Problems problems, Consumer<Entry> handler) {
    try {
      handler.accept(entry);
    } catch (IllegalArgumentException e) {
      problems.add("record " + number + ": " + e.getMessage());
    }
  }

  /** One record. */
  record Entry(String line) {

    /** A value without blanks; null when absent or said to be none. */
    String word(String attribute) {
      int begin = begin(attribute);
      if (begin < 0) {
        return null;
      }
      int end = line.indexOf(' ', begin);
      return Values.text(line.substring(begin, end < 0 ? line.length() : end));
    }

    /** A count that must be there and right. */
    int count(String attribute) {
      String word = word(attribute);
      if (word == null) {
        throw new IllegalArgumentException(attribute + " is missing");
      }
      return Values.count(word, attribute);
    }

    /** The rest of the line behind an attribute; null when absent. */
    String rest(String attribute) {
      int begin = begin(attribute);
      return begin < 0 ? null : line.substring(begin);
    }

    /** The first of that name counts: free text stands behind. */
    private int begin(String attribute) {
      String name = " " + attribute + "=";
      int at = line.indexOf(name);
      return at < 0 ? -1 : at + name.length();
    }
  }
}
