package org.qstatmesh.demo.listing;

/** XML as TORQUE writes it: one line, no indentation, markup in values escaped. */
final class XmlText {
  private final StringBuilder text = new StringBuilder("<?xml version=\"1.0\"?>\n<Data>");

  void open(String element) {
    text.append('<').append(element).append('>');
  }

  void close(String element) {
    text.append("</").append(element).append('>');
  }

  void add(String element, String value) {
    open(element);
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '<' -> text.append("&lt;");
        case '>' -> text.append("&gt;");
        case '&' -> text.append("&amp;");
        case '"' -> text.append("&quot;");
        default -> text.append(c);
      }
    }
    close(element);
  }

  void add(String element, long value) {
    add(element, Long.toString(value));
  }

  /** The whole document. */
  String end() {
    return text.append("</Data>\n").toString();
  }
}
