package org.qstatmesh.wire;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A {@link ProbeRequest} on the wire. */
final class RequestFields {
  private static final Map<String, ProbeRequest.Op> OPS =
      Arrays.stream(ProbeRequest.Op.values())
          .collect(Collectors.toUnmodifiableMap(RequestFields::word, Function.identity()));

  private RequestFields() {}

  private static String word(ProbeRequest.Op op) {
    return op.name().toLowerCase(Locale.ROOT);
  }

  static void write(FieldWriter out, ProbeRequest request) throws IOException {
    out.text(Protocol.FIELD, WireCodec.PROTOCOL);
    out.text("id", request.id());
    out.text("op", word(request.op()));
    out.text("have", request.have());
    out.text("etag", request.etag());
    out.flag("omitAbsent", request.omitAbsent());
    out.text("jobId", request.jobId());
    out.text("after", request.after());
    out.number("afterAgeMillis", request.afterAgeMillis());
    out.number("limit", request.limit());
  }

  static ProbeRequest read(FieldReader in) throws IOException, WireException {
    String protocol = null;
    String id = null;
    ProbeRequest.Op op = null;
    String have = null;
    String etag = null;
    Boolean omitAbsent = null;
    String jobId = null;
    String after = null;
    Long afterAgeMillis = null;
    Integer limit = null;
    if (in.startsObject()) {
      for (String field = in.nextField(); field != null; field = in.nextField()) {
        switch (field) {
          case Protocol.FIELD -> protocol = Protocol.read(in);
          case "id" -> id = in.text();
          case "op" -> op = readOp(in);
          case "have" -> have = in.text();
          case "etag" -> etag = in.text();
          case "omitAbsent" -> omitAbsent = in.flag();
          case "jobId" -> jobId = in.identifier();
          case "after" -> after = in.text();
          case "afterAgeMillis" -> afterAgeMillis = in.amount();
          case "limit" -> limit = in.count();
          default -> in.skip();
        }
        in.insist();
      }
    }
    Protocol.require(protocol, in);
    if (id == null) {
      in.note("id is missing");
    }
    if (op == null) {
      in.note("op is missing");
    }
    if (op == ProbeRequest.Op.JOB && jobId == null) {
      in.note("jobId is missing");
    }
    in.insist();
    return new ProbeRequest(
        id, op, have, etag, Boolean.TRUE.equals(omitAbsent), jobId, after, afterAgeMillis, limit);
  }

  private static ProbeRequest.Op readOp(FieldReader in) throws IOException, WireException {
    ProbeRequest.Op op = in.constant(OPS, null);
    if (op == null) {
      in.note("unknown operation, known are snapshot, job, hello and backfill");
    }
    return op;
  }
}
