package org.qstatmesh.demo.listing;

/** OpenPBS {@code -F dsv}: one record a line, {@code name=value} with {@code |} between. */
final class DsvText {
  private final StringBuilder text = new StringBuilder();
  private boolean first;

  /** Begins a record with {@code "Job Id: "} or {@code "Name="} and its value. */
  void begin(String beginning, String value) {
    first = true;
    raw(beginning, value);
  }

  void add(String name, String value) {
    raw(name + "=", value);
  }

  void add(String name, long value) {
    raw(name + "=", Long.toString(value));
  }

  private void raw(String beginning, String value) {
    if (!first) {
      text.append('|');
    }
    first = false;
    text.append(beginning);
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '\n' -> text.append("\\n");
        case '|' -> text.append("\\|");
        case '\\' -> text.append("\\\\");
        default -> text.append(c);
      }
    }
  }

  void end() {
    text.append('\n');
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
