package org.qstatmesh.probe.gridengine;

import java.util.Set;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.qstatmesh.probe.drms.UnparsableException;
import org.qstatmesh.probe.pbs.Attributes;

/**
 * Goes down and up in a document: whoever entered an element leaves it by reading to its end, as
 * text, child by child, or by skipping it. What nobody reads is never kept.
 */
final class XmlCursor {
  /** An array of which every second of a hundred thousand tasks waits is as long as that. */
  private static final int LONGEST_VALUE = 1 << 20;

  private final XMLStreamReader xml;
  private final StringBuilder value = new StringBuilder();

  XmlCursor(XMLStreamReader xml) {
    this.xml = xml;
  }

  /** Enters the document's own element and tells its name. */
  String root() throws XMLStreamException {
    int event = xml.next();
    while (event != XMLStreamConstants.START_ELEMENT) {
      event = xml.next();
    }
    return xml.getLocalName();
  }

  /** The same, of a document that must be this one. */
  void demandRoot(String name) throws XMLStreamException, UnparsableException {
    if (!name.equals(root())) {
      throw new UnparsableException("the document is no <" + name + ">");
    }
  }

  /** Reads on to the end of the text, behind the end of the document's own element. */
  void finish() throws XMLStreamException {
    while (xml.hasNext()) {
      xml.next();
    }
  }

  /** Enters the next element inside this one and tells its name; null leaves this one. */
  String nextChild() throws XMLStreamException {
    while (true) {
      switch (xml.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          return xml.getLocalName();
        }
        case XMLStreamConstants.END_ELEMENT -> {
          return null;
        }
        default -> {}
      }
    }
  }

  /** An attribute of the element just entered; null when it has none of that name. */
  String attribute(String name) {
    return xml.getAttributeValue(null, name);
  }

  /**
   * The element's text; leaves it.
   *
   * @throws UnparsableException when it has more than a million characters, which no value has
   */
  String text() throws XMLStreamException, UnparsableException {
    value.setLength(0);
    int depth = 1;
    while (depth > 0) {
      switch (xml.next()) {
        case XMLStreamConstants.START_ELEMENT -> depth++;
        case XMLStreamConstants.END_ELEMENT -> depth--;
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
          if (value.length() + xml.getTextLength() > LONGEST_VALUE) {
            throw new UnparsableException("a value has more than a million characters");
          }
          value.append(xml.getTextCharacters(), xml.getTextStart(), xml.getTextLength());
        }
        default -> {}
      }
    }
    return value.toString();
  }

  /** Leaves the element with all that is in it. */
  void skip() throws XMLStreamException {
    int depth = 1;
    while (depth > 0) {
      int event = xml.next();
      if (event == XMLStreamConstants.START_ELEMENT) {
        depth++;
      } else if (event == XMLStreamConstants.END_ELEMENT) {
        depth--;
      }
    }
  }

  /** The texts of the wanted children, the others skipped; leaves the element. */
  void readInto(Attributes attributes, Set<String> wanted)
      throws XMLStreamException, UnparsableException {
    attributes.clear();
    for (String child = nextChild(); child != null; child = nextChild()) {
      if (wanted.contains(child)) {
        attributes.put(child, text());
      } else {
        skip();
      }
    }
  }

  /**
   * The same of children that are told apart by an attribute, {@code <queuevalue name='slots'>}.
   */
  void readNamedValue(Attributes attributes) throws XMLStreamException, UnparsableException {
    String name = attribute("name");
    if (name == null) {
      skip();
    } else {
      attributes.put(name, text());
    }
  }
}
