package org.qstatmesh.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Puts names, commas and braces around packed values; chunks may end within a value. */
final class Unpacking implements ChunkedBytes.Reader {
  private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

  /** Before each value: brace or comma, then its name. */
  private final byte[][] beginnings;

  private final boolean omitAbsent;
  private final OutputStream out;
  private int field;
  private boolean insideValue;
  private boolean firstRecord = true;

  Unpacking(List<byte[]> names, boolean omitAbsent, OutputStream out) {
    this.omitAbsent = omitAbsent;
    this.out = out;
    this.beginnings = new byte[names.size()][];
    for (int i = 0; i < beginnings.length; i++) {
      byte[] name = names.get(i);
      beginnings[i] = new byte[name.length + 1];
      beginnings[i][0] = (byte) (i == 0 ? '{' : ',');
      System.arraycopy(name, 0, beginnings[i], 1, name.length);
    }
  }

  @Override
  public void read(byte[] bytes, int length) throws IOException {
    int position = 0;
    while (position < length) {
      int end = position;
      while (end < length && bytes[end] != PackedFieldWriter.END) {
        end++;
      }
      if (end > position) {
        begin();
        out.write(bytes, position, end - position);
      }
      if (end < length) {
        end();
      }
      position = end + 1;
    }
  }

  private void begin() throws IOException {
    if (insideValue) {
      return;
    }
    insideValue = true;
    if (field == 0) {
      if (!firstRecord) {
        out.write(',');
      }
      firstRecord = false;
    }
    out.write(beginnings[field]);
  }

  private void end() throws IOException {
    if (!insideValue && !omitAbsent) {
      begin();
      out.write(NULL);
    }
    insideValue = false;
    field++;
    if (field == beginnings.length) {
      field = 0;
      out.write('}');
    }
  }
}
