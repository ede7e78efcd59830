package org.qstatmesh.wire;

import java.io.IOException;

/** A {@link Queue} on the wire. */
final class QueueFields {
  private QueueFields() {}

  static void write(FieldWriter out, Queue queue) throws IOException {
    out.text("queueName", queue.queueName());
    out.flag("enabled", queue.enabled());
    out.flag("started", queue.started());
    out.number("wallclockLimitSeconds", queue.wallclockLimitSeconds());
    out.number("slotsLimit", queue.slotsLimit());
  }

  /** The queue, or null with a problem noted. */
  static Queue read(FieldReader in) throws IOException, WireException {
    if (!in.startsObject()) {
      return null;
    }
    String queueName = null;
    Boolean enabled = null;
    Boolean started = null;
    Long wallclockLimitSeconds = null;
    Integer slotsLimit = null;
    for (String field = in.nextField(); field != null; field = in.nextField()) {
      switch (field) {
        case "queueName" -> queueName = in.identifier();
        case "enabled" -> enabled = in.flag();
        case "started" -> started = in.flag();
        case "wallclockLimitSeconds" -> wallclockLimitSeconds = in.amount();
        case "slotsLimit" -> slotsLimit = in.count();
        default -> in.skip();
      }
    }
    if (queueName == null) {
      in.note("a queue needs queueName");
    }
    return in.hasProblem()
        ? null
        : new Queue(queueName, enabled, started, wallclockLimitSeconds, slotsLimit);
  }
}
