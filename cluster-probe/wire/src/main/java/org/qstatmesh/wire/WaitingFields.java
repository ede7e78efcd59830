package org.qstatmesh.wire;

import java.io.IOException;
import java.util.List;

/** A {@link Summary.Waiting} on the wire. */
final class WaitingFields {
  private static final List<String> COUNTS = List.of("jobs", "slots");

  private WaitingFields() {}

  static void write(FieldWriter out, Summary.Waiting waiting) throws IOException {
    out.text("reason", waiting.reason());
    CountFields.write(out, COUNTS, waiting.jobs(), waiting.slots());
  }

  /** The reason and its counts, or a problem noted. */
  static Summary.Waiting read(FieldReader in) throws IOException, WireException {
    if (!in.startsObject()) {
      return null;
    }
    String reason = null;
    CountFields fields = new CountFields(COUNTS);
    for (String field = in.nextField(); field != null; field = in.nextField()) {
      if (field.equals("reason")) {
        reason = UsageFields.key(in);
      } else if (!fields.read(field, in)) {
        in.skip();
      }
    }
    UsageFields.requireKey(reason, in);
    int[] n = fields.counts(in);
    return new Summary.Waiting(reason, n[0], n[1]);
  }
}
