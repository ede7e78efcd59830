package org.qstatmesh.probe.xml;

import java.io.EOFException;
import java.io.IOException;
import java.io.Reader;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.qstatmesh.probe.drms.UnparsableException;

/** A listing in XML, as a stream. */
public final class XmlText {

  /** Reads a document from before its first event. */
  @FunctionalInterface
  public interface Walk {
    /** Goes through it; what the library throws is translated by the caller. */
    void through(XMLStreamReader xml) throws XMLStreamException, UnparsableException;
  }

  private XmlText() {}

  /**
   * Opens the text, lets {@code walk} read it, closes it.
   *
   * @throws UnparsableException when it is not well-formed as far as it was read, or ends in its
   *     midst
   */
  public static void read(Reader in, Walk walk) throws IOException, UnparsableException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    try {
      XMLStreamReader xml = factory.createXMLStreamReader(new LegalCharacters(in));
      try {
        walk.through(xml);
      } finally {
        xml.close();
      }
    } catch (XMLStreamException e) {
      throw translated(e);
    }
  }

  /** The parser's own messages may quote the text, so only the place is told. */
  private static UnparsableException translated(XMLStreamException e) throws IOException {
    if (e.getNestedException() instanceof IOException io && !(io instanceof EOFException)) {
      throw io;
    }
    int offset = e.getLocation() == null ? -1 : e.getLocation().getCharacterOffset();
    return new UnparsableException("cut off or not XML, at character " + offset, e);
  }
}
