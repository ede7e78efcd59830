package org.qstatmesh.wire;

import java.io.IOException;

/** A {@link CollectorReport} and a {@link ProbeError} on the wire. */
final class CollectorFields {
  private CollectorFields() {}

  static void write(FieldWriter out, CollectorReport report) throws IOException {
    out.text("collector", report.collector());
    out.text("command", report.command());
    out.flag("success", report.success());
    out.number("durationSeconds", report.durationSeconds());
    out.number("outputBytes", report.outputBytes());
    out.number("problems", report.problems());
    out.record("error", report.error(), CollectorFields::writeError);
  }

  static void writeError(FieldWriter out, ProbeError error) throws IOException {
    out.text("code", error.code());
    out.text("message", error.message());
  }

  /** The report; where {@code success} is missing, a collector without an error succeeded. */
  static CollectorReport read(FieldReader in) throws IOException, WireException {
    if (!in.startsObject()) {
      return null;
    }
    String collector = null;
    String command = null;
    Boolean success = null;
    Double durationSeconds = null;
    Long outputBytes = null;
    Integer problems = null;
    ProbeError error = null;
    for (String field = in.nextField(); field != null; field = in.nextField()) {
      switch (field) {
        case "collector" -> collector = in.identifier();
        case "command" -> command = in.text();
        case "success" -> success = in.flag();
        case "durationSeconds" -> durationSeconds = in.measure();
        case "outputBytes" -> outputBytes = in.amount();
        case "problems" -> problems = in.count();
        case "error" -> error = in.isNull() ? null : readError(in);
        default -> in.skip();
      }
    }
    if (collector == null) {
      in.note("a collector needs its name");
    }
    return new CollectorReport(
        collector,
        command,
        success == null ? error == null : success,
        durationSeconds == null ? 0 : durationSeconds,
        outputBytes,
        problems == null ? 0 : problems,
        error);
  }

  static ProbeError readError(FieldReader in) throws IOException, WireException {
    if (!in.startsObject()) {
      return null;
    }
    String code = null;
    String message = null;
    for (String field = in.nextField(); field != null; field = in.nextField()) {
      switch (field) {
        case "code" -> code = in.identifier();
        case "message" -> message = in.text();
        default -> in.skip();
      }
    }
    if (code == null) {
      in.note("an error needs a code");
    }
    return new ProbeError(code, message);
  }
}
