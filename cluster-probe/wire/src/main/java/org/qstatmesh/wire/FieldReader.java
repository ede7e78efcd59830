package org.qstatmesh.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the fields of one document, value by value.
 *
 * <p>A value that is not what its field allows does not stop the document: it is read as null, and
 * the first such problem is kept until {@link #takeProblem()}. So a list can leave out the record
 * that has the problem and go on with the next, while an envelope calls {@link #insist()} and
 * refuses the document.
 */
final class FieldReader {
  /** Reads one record; what it returns counts only if no problem was met. */
  interface Row<T> {
    T read(FieldReader in) throws IOException, WireException;
  }

  /** Up to here a double holds every whole number. */
  private static final double MOST_EXACT = 1L << 53;

  /**
   * Names of owners, queues and hosts repeat in most records; each is kept once, up to this many.
   */
  private static final int MOST_SHARED_NAMES = 65_536;

  /**
   * Field names of later versions; more distinct ones than this are an attack on the parser's table
   * of names.
   */
  private static final int MOST_UNKNOWN_FIELDS = 50_000;

  private final JsonParser json;
  private final WireLimits limits;
  private final Map<String, String> shared = new HashMap<>();
  private final Set<String> unknownFields = new HashSet<>();
  private String problem;

  FieldReader(JsonParser json, WireLimits limits) {
    this.json = json;
    this.limits = limits;
  }

  WireLimits limits() {
    return limits;
  }

  /**
   * Whether the value is an object, whose fields {@link #nextField()} then names; anything else is
   * a problem.
   */
  boolean startsObject() throws IOException, WireException {
    return starts(JsonToken.START_OBJECT, "an object");
  }

  /**
   * Whether the value is an array, through which {@link #nextElement()} then goes; anything else is
   * a problem.
   */
  boolean startsArray() throws IOException, WireException {
    return starts(JsonToken.START_ARRAY, "an array");
  }

  private boolean starts(JsonToken start, String expected) throws IOException, WireException {
    if (json.currentToken() == start) {
      return true;
    }
    reject(expected);
    return false;
  }

  /** The next field of the object, its value ready to be read; null at the object's end. */
  String nextField() throws IOException {
    String name = json.nextFieldName();
    if (name != null) {
      json.nextToken();
    }
    return name;
  }

  /** Whether the array has one more element, which is then ready to be read. */
  boolean nextElement() throws IOException {
    return json.nextToken() != JsonToken.END_ARRAY;
  }

  boolean isNull() {
    return json.currentToken() == JsonToken.VALUE_NULL;
  }

  /** Passes over a value that this version does not know. */
  void skip() throws IOException, WireException {
    noteUnknown(json.currentName());
    int open = json.currentToken().isStructStart() ? 1 : 0;
    while (open > 0) {
      JsonToken token = json.nextToken();
      if (token == JsonToken.FIELD_NAME) {
        noteUnknown(json.currentName());
      } else if (token.isStructStart()) {
        open++;
      } else if (token.isStructEnd()) {
        open--;
      }
    }
  }

  private void noteUnknown(String name) throws WireException {
    if (name != null && unknownFields.add(name) && unknownFields.size() > MOST_UNKNOWN_FIELDS) {
      throw tooMany(MOST_UNKNOWN_FIELDS, "unknown field names");
    }
  }

  String text() throws IOException, WireException {
    if (isNull()) {
      return null;
    }
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      reject("a string");
      return null;
    }
    String value = json.getText();
    if (value.length() > limits.maxStringLength()) {
      throw tooMany(limits.maxStringLength(), "characters");
    }
    return WellFormed.text(value);
  }

  /** A text that many records share, such as an owner or a host. */
  String name() throws IOException, WireException {
    String value = text();
    if (value == null || shared.size() >= MOST_SHARED_NAMES) {
      return value == null ? null : shared.getOrDefault(value, value);
    }
    String first = shared.putIfAbsent(value, value);
    return first == null ? value : first;
  }

  /** A text that names something and so cannot be empty. */
  String identifier() throws IOException, WireException {
    String value = name();
    if (value != null && value.isEmpty()) {
      reject("a name that is not empty");
      return null;
    }
    return value;
  }

  /** The constant of that name; the given one for a name of a later version. */
  <E> E constant(Map<String, E> constants, E unknown) throws IOException, WireException {
    String name = text();
    return name == null ? null : constants.getOrDefault(name, unknown);
  }

  /** How many there are: 0 or more. */
  Integer count() throws IOException, WireException {
    Long value = whole(0, Integer.MAX_VALUE);
    return value == null ? null : (Integer) value.intValue();
  }

  /** Seconds, milliseconds or bytes: 0 or more. */
  Long amount() throws IOException, WireException {
    return whole(0, Long.MAX_VALUE);
  }

  /** A whole number of either sign. */
  Long signed() throws IOException, WireException {
    return whole(Long.MIN_VALUE, Long.MAX_VALUE);
  }

  /** A whole number; {@code 12.0} is one, as JSON Schema has it. */
  Long whole(long least, long most) throws IOException, WireException {
    JsonToken token = json.currentToken();
    if (token == JsonToken.VALUE_NULL) {
      return null;
    }
    Long value = null;
    if (token == JsonToken.VALUE_NUMBER_INT
        && json.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
      value = json.getLongValue();
    } else if (token == JsonToken.VALUE_NUMBER_FLOAT) {
      double number = json.getDoubleValue();
      value = Math.rint(number) == number && Math.abs(number) <= MOST_EXACT ? (long) number : null;
    }
    if (value == null || value < least || value > most) {
      reject("a whole number from " + least + " to " + most);
      return null;
    }
    return value;
  }

  /** A finite number, 0 or more. */
  Double measure() throws IOException, WireException {
    if (isNull()) {
      return null;
    }
    double value = json.currentToken().isNumeric() ? json.getDoubleValue() : -1;
    if (!(value >= 0) || value == Double.POSITIVE_INFINITY) {
      reject("a number, 0 or more");
      return null;
    }
    return value;
  }

  Boolean flag() throws IOException, WireException {
    if (isNull()) {
      return null;
    }
    if (!json.currentToken().isBoolean()) {
      reject("true or false");
      return null;
    }
    return json.getBooleanValue();
  }

  /** A list of names; null and a missing list are the empty one. */
  List<String> names() throws IOException, WireException {
    if (isNull() || !startsArray()) {
      return List.of();
    }
    List<String> names = new ArrayList<>();
    while (nextElement()) {
      if (names.size() == limits.maxNamesPerRecord()) {
        throw tooMany(limits.maxNamesPerRecord(), "names");
      }
      String name = identifier();
      if (name == null) {
        note("expected a name, not null");
      }
      names.add(name == null ? "" : name);
    }
    return names;
  }

  private void reject(String expected) throws IOException, WireException {
    note("expected " + expected);
    skip();
  }

  /** Notes that the value or record just read is not usable. */
  void note(String what) {
    if (problem == null) {
      problem = place() + ": " + what;
    }
  }

  boolean hasProblem() {
    return problem != null;
  }

  /** What was wrong since this was last asked; null for nothing. */
  String takeProblem() {
    String taken = problem;
    problem = null;
    return taken;
  }

  /** Refuses the document if something was wrong. */
  void insist() throws WireException {
    if (problem != null) {
      throw new WireException(WireException.Kind.MALFORMED, problem);
    }
  }

  /** The exception for a document with more of something than the limit. */
  WireException tooMany(int most, String things) {
    return new WireException(
        WireException.Kind.TOO_LARGE, place() + ": more than " + most + " " + things);
  }

  private String place() {
    String pointer = json.getParsingContext().pathAsPointer().toString();
    return (pointer.isEmpty() ? "document" : PlainMessage.of(pointer))
        + " at byte "
        + json.currentTokenLocation().getByteOffset();
  }
}
