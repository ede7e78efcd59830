package org.qstatmesh.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the values of a record without their names: each as JSON, then a zero byte, which JSON
 * text never holds; of an absent one only that byte. The names are the same in every record and two
 * thirds of its length.
 */
final class PackedFieldWriter extends FieldWriter {
  /** Stands behind every value. */
  static final byte END = 0;

  private static final JsonFactory BARE_VALUES =
      new JsonFactoryBuilder()
          .rootValueSeparator((String) null)
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          .build();

  private final List<byte[]> names = new ArrayList<>();
  private boolean namesKnown;
  private int field;
  private long absent;
  private long absentNameBytes;

  PackedFieldWriter(OutputStream to) throws IOException {
    super(BARE_VALUES.createGenerator(to));
  }

  @Override
  void name(String name) {
    if (!namesKnown) {
      names.add(('"' + name + "\":").getBytes(StandardCharsets.US_ASCII));
    }
  }

  @Override
  void absent() {
    absent++;
    absentNameBytes += names.get(field).length;
  }

  @Override
  void valueEnds() throws IOException {
    field++;
    json().writeRaw((char) END);
  }

  @Override
  <T> void record(T record, Row<T> row) throws IOException {
    field = 0;
    row.write(this, record);
    namesKnown = true;
  }

  /** Hands on what is still buffered; nothing can be written after it. */
  void close() throws IOException {
    JsonGenerator json = json();
    json.close();
  }

  /** The names with quotes and colon, in the order of their values. */
  List<byte[]> names() {
    return names;
  }

  long absentValues() {
    return absent;
  }

  long absentNameBytes() {
    return absentNameBytes;
  }
}
