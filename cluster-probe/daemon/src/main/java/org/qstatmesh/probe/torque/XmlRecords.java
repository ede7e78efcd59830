package org.qstatmesh.probe.torque;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayDeque;
import java.util.function.Predicate;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.qstatmesh.probe.drms.Problems;
import org.qstatmesh.probe.drms.UnparsableException;
import org.qstatmesh.probe.pbs.Attributes;
import org.qstatmesh.probe.pbs.RecordHandler;
import org.qstatmesh.probe.xml.XmlText;

/**
 * {@code <Data><Job>…</Job>…</Data>} as a stream: one record in memory at a time, and of it only
 * the attributes wanted. Nested elements become {@code Resource_List.walltime}.
 *
 * <p>The text must go on to {@code </Data>}: one that was cut off is refused as a whole.
 */
final class XmlRecords {
  private static final String ROOT = "Data";

  /**
   * A job on a hundred thousand cores of TORQUE 4.2 names each of them, in about a million
   * characters.
   */
  private static final int LONGEST_VALUE = 4 << 20;

  /** Records have two levels. */
  private static final int MOST_DEPTH = 64;

  private final XMLStreamReader xml;
  private final String recordName;
  private final ElementPath root;
  private final Attributes attributes = new Attributes();
  private final ArrayDeque<ElementPath> outer = new ArrayDeque<>();
  private final StringBuilder value = new StringBuilder();
  private boolean tooLong;

  private XmlRecords(XMLStreamReader xml, String recordName, Predicate<String> wanted) {
    this.xml = xml;
    this.recordName = recordName;
    this.root = ElementPath.root(wanted);
  }

  /**
   * Reads all records.
   *
   * @param recordName {@code Job} or {@code Node}
   * @param wanted which attributes are kept
   * @throws UnparsableException when it is no such document or not all of it
   */
  static void read(
      Reader in,
      String recordName,
      Predicate<String> wanted,
      Problems problems,
      RecordHandler handler)
      throws IOException, UnparsableException {
    XmlText.read(in, xml -> new XmlRecords(xml, recordName, wanted).read(problems, handler));
  }

  private void read(Problems problems, RecordHandler handler)
      throws XMLStreamException, UnparsableException {
    int depth = 0;
    int number = 0;
    while (xml.hasNext()) {
      int event = xml.next();
      if (event == XMLStreamConstants.START_ELEMENT) {
        depth++;
        if (depth == 1) {
          demandRoot();
        } else {
          number++;
          depth--;
          takeRecord(number, problems, handler);
        }
      } else if (event == XMLStreamConstants.END_ELEMENT) {
        depth--;
      }
    }
  }

  private void demandRoot() throws UnparsableException {
    if (!ROOT.equals(xml.getLocalName())) {
      throw new UnparsableException("the document is no <" + ROOT + ">");
    }
  }

  private void takeRecord(int number, Problems problems, RecordHandler handler)
      throws XMLStreamException {
    boolean expected = recordName.equals(xml.getLocalName());
    attributes.clear();
    tooLong = false;
    readElement();
    if (!expected) {
      problems.add("record " + number + ": is no " + recordName);
    } else if (tooLong) {
      problems.add("record " + number + ": has a value of more than four million characters");
    } else {
      handler.takeOrCount(() -> attributes, number, problems);
    }
  }

  /** From a record's start to its end; an attribute is an element without elements in it. */
  private void readElement() throws XMLStreamException {
    outer.clear();
    ElementPath path = root;
    boolean leaf = false;
    boolean keep = false;
    while (true) {
      switch (xml.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          if (outer.size() == MOST_DEPTH) {
            throw new XMLStreamException("elements are nested too deep", xml.getLocation());
          }
          outer.push(path);
          path = path.child(xml.getLocalName());
          leaf = true;
          keep = path.wanted();
          value.setLength(0);
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
          if (keep) {
            appendValue();
          }
        }
        case XMLStreamConstants.END_ELEMENT -> {
          if (outer.isEmpty()) {
            return;
          }
          if (leaf && keep) {
            attributes.put(path.name(), value.toString());
          }
          leaf = false;
          keep = false;
          path = outer.pop();
        }
        default -> {}
      }
    }
  }

  private void appendValue() {
    if (value.length() + xml.getTextLength() > LONGEST_VALUE) {
      tooLong = true;
    } else {
      value.append(xml.getTextCharacters(), xml.getTextStart(), xml.getTextLength());
    }
  }
}
