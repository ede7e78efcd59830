package org.qstatmesh.wire;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Reads a {@link ProbeReply}: exactly one of snapshot, unchanged, error, detail, hello and
 * backfill.
 */
final class ReplyReader {
  private String protocol;
  private String id;
  private Snapshot snapshot;
  private boolean unchanged;
  private Long ageMillis;
  private String snapshotId;
  private Long takenAtEpochMillis;
  private ProbeError error;
  private JobDetail detail;
  private ProbeHello hello;
  private Backfill backfill;

  private ReplyReader() {}

  static ProbeReply read(FieldReader in) throws IOException, WireException {
    ReplyReader reply = new ReplyReader();
    if (in.startsObject()) {
      for (String field = in.nextField(); field != null; field = in.nextField()) {
        reply.read(field, in);
        in.insist();
      }
    }
    Protocol.require(reply.protocol, in);
    in.insist();
    return reply.finish(in);
  }

  private void read(String field, FieldReader in) throws IOException, WireException {
    if (field.equals(Protocol.FIELD)) {
      protocol = Protocol.read(in);
      return;
    }
    switch (field) {
      case "id" -> id = in.text();
      case "snapshot" -> snapshot = in.isNull() ? null : SnapshotReader.read(in);
      case "unchanged" -> unchanged = Objects.equals(in.flag(), true);
      case "ageMillis" -> ageMillis = in.amount();
      case "snapshotId" -> snapshotId = in.text();
      case "takenAtEpochMillis" -> takenAtEpochMillis = in.amount();
      case "error" -> error = in.isNull() ? null : CollectorFields.readError(in);
      case "detail" -> detail = in.isNull() ? null : readDetail(in);
      case "hello" -> hello = in.isNull() ? null : readHello(in);
      case "backfill" -> backfill = in.isNull() ? null : PastSummaryFields.readBackfill(in);
      default -> in.skip();
    }
  }

  private ProbeReply finish(FieldReader in) throws WireException {
    if (unchanged && ageMillis == null) {
      in.note("ageMillis is missing");
      in.insist();
    }
    List<ProbeReply> answers =
        Stream.<ProbeReply>of(
                snapshot == null ? null : new ProbeReply.OfSnapshot(id, snapshot),
                unchanged
                    ? new ProbeReply.Unchanged(id, ageMillis, snapshotId, takenAtEpochMillis)
                    : null,
                error == null ? null : new ProbeReply.Failed(id, error),
                detail == null ? null : new ProbeReply.OfJob(id, detail),
                hello == null ? null : new ProbeReply.OfHello(id, hello),
                backfill == null ? null : new ProbeReply.OfBackfill(id, backfill))
            .filter(Objects::nonNull)
            .toList();
    if (answers.size() != 1) {
      in.note(
          "expected one of snapshot, unchanged, error, detail, hello, backfill; got "
              + answers.size());
    }
    in.insist();
    return answers.get(0);
  }

  private static JobDetail readDetail(FieldReader in) throws IOException, WireException {
    Job job = null;
    String reason = null;
    String text = null;
    if (in.startsObject()) {
      for (String field = in.nextField(); field != null; field = in.nextField()) {
        switch (field) {
          case "job" -> job = JobFields.read(in);
          case "reason" -> reason = in.text();
          case "text" -> text = in.text();
          default -> in.skip();
        }
      }
    }
    if (job == null) {
      in.note("job is missing");
    }
    return new JobDetail(job, reason, text);
  }

  private static ProbeHello readHello(FieldReader in) throws IOException, WireException {
    String drms = null;
    String drmsVersion = null;
    String serverName = null;
    Visibility visibility = null;
    String probeVersion = null;
    Integer minimumIntervalSeconds = null;
    if (in.startsObject()) {
      for (String field = in.nextField(); field != null; field = in.nextField()) {
        switch (field) {
          case "drms" -> drms = in.text();
          case "drmsVersion" -> drmsVersion = in.text();
          case "serverName" -> serverName = in.text();
          case "visibility" -> visibility = SnapshotReader.readVisibility(in);
          case "probeVersion" -> probeVersion = in.text();
          case "minimumIntervalSeconds" -> minimumIntervalSeconds = in.count();
          default -> in.skip();
        }
      }
    }
    return new ProbeHello(
        drms,
        drmsVersion,
        serverName,
        visibility == null ? Visibility.UNKNOWN : visibility,
        probeVersion,
        minimumIntervalSeconds);
  }
}
