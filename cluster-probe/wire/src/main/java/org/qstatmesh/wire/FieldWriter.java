package org.qstatmesh.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;

/** Writes the fields of one record after another; every field is written, absent ones as null. */
class FieldWriter {
  /** Writes the fields of one record between its braces. */
  interface Row<T> {
    void write(FieldWriter out, T record) throws IOException;
  }

  private final JsonGenerator json;

  FieldWriter(JsonGenerator json) {
    this.json = json;
  }

  JsonGenerator json() {
    return json;
  }

  /** Begins a field. */
  void name(String name) throws IOException {
    json.writeFieldName(name);
  }

  /** The value of the field is not there. */
  void absent() throws IOException {
    json.writeNull();
  }

  /** The field's value is written. */
  void valueEnds() throws IOException {}

  void text(String name, String value) throws IOException {
    name(name);
    if (value == null) {
      absent();
    } else {
      json.writeString(WellFormed.text(value));
    }
    valueEnds();
  }

  void constant(String name, Enum<?> value) throws IOException {
    text(name, value == null ? null : value.name());
  }

  void number(String name, Integer value) throws IOException {
    name(name);
    if (value == null) {
      absent();
    } else {
      json.writeNumber(value.intValue());
    }
    valueEnds();
  }

  void number(String name, Long value) throws IOException {
    name(name);
    if (value == null) {
      absent();
    } else {
      json.writeNumber(value.longValue());
    }
    valueEnds();
  }

  /** JSON has no NaN and no infinity: what is not a number is absent. */
  void number(String name, Double value) throws IOException {
    name(name);
    if (value == null || !Double.isFinite(value)) {
      absent();
    } else {
      json.writeNumber(value.doubleValue());
    }
    valueEnds();
  }

  void flag(String name, Boolean value) throws IOException {
    name(name);
    if (value == null) {
      absent();
    } else {
      json.writeBoolean(value);
    }
    valueEnds();
  }

  void names(String name, List<String> values) throws IOException {
    name(name);
    json.writeStartArray();
    for (String value : values) {
      json.writeString(WellFormed.text(value));
    }
    json.writeEndArray();
    valueEnds();
  }

  <T> void record(String name, T record, Row<T> row) throws IOException {
    json.writeFieldName(name);
    if (record == null) {
      json.writeNull();
    } else {
      record(record, row);
    }
  }

  <T> void record(T record, Row<T> row) throws IOException {
    begin();
    row.write(this, record);
    json.writeEndObject();
  }

  <T> void records(String name, List<T> records, Row<T> row) throws IOException {
    json.writeFieldName(name);
    if (records == null) {
      json.writeNull();
      return;
    }
    json.writeStartArray();
    for (T record : records) {
      record(record, row);
    }
    json.writeEndArray();
  }

  /** Begins an object; only one that is finished past the generator is begun by itself. */
  void begin() throws IOException {
    json.writeStartObject();
  }

  /**
   * Ends what is written so far with the name and its colon; whoever asks for this puts the value
   * in later.
   */
  void gap(String name) throws IOException {
    json.writeFieldName(name);
    json.writeRawValue("");
    json.flush();
  }
}
