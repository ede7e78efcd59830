package org.qstatmesh.wire;

import java.io.IOException;

/** Writes a {@link ProbeReply}. */
final class ReplyWriter {
  private ReplyWriter() {}

  static void write(FieldWriter out, ProbeReply reply) throws IOException {
    writeHead(out, reply.id());
    if (reply instanceof ProbeReply.OfSnapshot of) {
      out.record("snapshot", of.snapshot(), SnapshotWriter::write);
    } else if (reply instanceof ProbeReply.Unchanged unchanged) {
      out.flag("unchanged", true);
      out.number("ageMillis", unchanged.ageMillis());
      out.text("snapshotId", unchanged.snapshotId());
      out.number("takenAtEpochMillis", unchanged.takenAtEpochMillis());
    } else if (reply instanceof ProbeReply.OfJob of) {
      out.record("detail", of.detail(), ReplyWriter::writeDetail);
    } else if (reply instanceof ProbeReply.OfHello of) {
      out.record("hello", of.hello(), ReplyWriter::writeHello);
    } else if (reply instanceof ProbeReply.OfBackfill of) {
      out.record("backfill", of.backfill(), PastSummaryFields::writeBackfill);
    } else if (reply instanceof ProbeReply.Failed failed) {
      out.record("error", failed.error(), CollectorFields::writeError);
    }
  }

  static void writeHead(FieldWriter out, String id) throws IOException {
    out.text(Protocol.FIELD, WireCodec.PROTOCOL);
    out.text("id", id);
  }

  private static void writeDetail(FieldWriter out, JobDetail detail) throws IOException {
    out.record("job", detail.job(), JobFields::write);
    out.text("reason", detail.reason());
    out.text("text", detail.text());
  }

  private static void writeHello(FieldWriter out, ProbeHello hello) throws IOException {
    out.text("drms", hello.drms());
    out.text("drmsVersion", hello.drmsVersion());
    out.text("serverName", hello.serverName());
    out.constant("visibility", hello.visibility());
    out.text("probeVersion", hello.probeVersion());
    out.number("minimumIntervalSeconds", hello.minimumIntervalSeconds());
  }
}
