package org.qstatmesh.wire;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** The counts of one object, none of which it is without. */
final class CountFields {
  private static final int MISSING = -1;

  private final List<String> names;
  private final int[] counts;

  CountFields(List<String> names) {
    this.names = names;
    this.counts = new int[names.size()];
    Arrays.fill(counts, MISSING);
  }

  /** Reads an object of counts only; in the order of the names. */
  static int[] read(FieldReader in, List<String> names) throws IOException, WireException {
    CountFields fields = new CountFields(names);
    if (in.startsObject()) {
      for (String field = in.nextField(); field != null; field = in.nextField()) {
        if (!fields.read(field, in)) {
          in.skip();
        }
      }
    }
    return fields.counts(in);
  }

  /** Writes the counts under their names. */
  static void write(FieldWriter out, List<String> names, int... counts) throws IOException {
    for (int i = 0; i < counts.length; i++) {
      out.number(names.get(i), (Integer) counts[i]);
    }
  }

  /** Whether the field is one of them; then it is read. */
  boolean read(String field, FieldReader in) throws IOException, WireException {
    int at = names.indexOf(field);
    if (at >= 0) {
      Integer count = in.count();
      counts[at] = count == null ? MISSING : count;
    }
    return at >= 0;
  }

  /** All of them, in the order of the names; notes the first that is missing. */
  int[] counts(FieldReader in) {
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] == MISSING) {
        in.note(names.get(i) + " is missing");
      }
    }
    return counts;
  }
}
