package org.qstatmesh.wire;

import java.io.IOException;
import java.util.List;

/** A {@link Summary.QueueCount} on the wire. */
final class QueueCountFields {
  private static final List<String> COUNTS = List.of("runningJobs", "queuedJobs");

  private QueueCountFields() {}

  static void write(FieldWriter out, Summary.QueueCount queue) throws IOException {
    out.text("queueName", queue.queueName());
    out.flag("enabled", queue.enabled());
    out.flag("started", queue.started());
    CountFields.write(out, COUNTS, queue.runningJobs(), queue.queuedJobs());
    out.number("wallclockLimitSeconds", queue.wallclockLimitSeconds());
    out.number("slotsLimit", queue.slotsLimit());
  }

  /** The queue and its counts, or a problem noted. */
  static Summary.QueueCount read(FieldReader in) throws IOException, WireException {
    if (!in.startsObject()) {
      return null;
    }
    String queueName = null;
    Boolean enabled = null;
    Boolean started = null;
    Long wallclockLimitSeconds = null;
    Integer slotsLimit = null;
    CountFields fields = new CountFields(COUNTS);
    for (String field = in.nextField(); field != null; field = in.nextField()) {
      switch (field) {
        case "queueName" -> queueName = UsageFields.key(in);
        case "enabled" -> enabled = in.flag();
        case "started" -> started = in.flag();
        case "wallclockLimitSeconds" -> wallclockLimitSeconds = in.amount();
        case "slotsLimit" -> slotsLimit = in.count();
        default -> {
          if (!fields.read(field, in)) {
            in.skip();
          }
        }
      }
    }
    UsageFields.requireKey(queueName, in);
    int[] n = fields.counts(in);
    return new Summary.QueueCount(
        queueName, enabled, started, n[0], n[1], wallclockLimitSeconds, slotsLimit);
  }
}
