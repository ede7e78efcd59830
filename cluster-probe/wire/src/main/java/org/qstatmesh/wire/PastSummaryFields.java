package org.qstatmesh.wire;

import java.io.IOException;
import java.util.List;

/** A {@link PastSummary} and a {@link Backfill} on the wire. */
final class PastSummaryFields {
  /** A day at one a minute; nobody asks for more at once. */
  private static final int MOST_SUMMARIES = 1_440;

  private PastSummaryFields() {}

  static void write(FieldWriter out, PastSummary past) throws IOException {
    out.text("snapshotId", past.snapshotId());
    out.number("takenAtEpochMillis", (Long) past.takenAtEpochMillis());
    out.number("ageMillis", past.ageMillis());
    out.text("drms", past.drms());
    out.text("drmsVersion", past.drmsVersion());
    out.text("serverName", past.serverName());
    out.constant("visibility", past.visibility());
    SummaryFields.write(out, past.summary());
  }

  static void writeBackfill(FieldWriter out, Backfill backfill) throws IOException {
    out.records("summaries", backfill.summaries(), PastSummaryFields::write);
    out.flag("more", backfill.more());
    out.number("dropped", (Long) backfill.dropped());
  }

  /** The summary, or null with a problem noted. */
  static PastSummary read(FieldReader in) throws IOException, WireException {
    if (!in.startsObject()) {
      return null;
    }
    String snapshotId = null;
    Long takenAtEpochMillis = null;
    Long ageMillis = null;
    String drms = null;
    String drmsVersion = null;
    String serverName = null;
    Visibility visibility = null;
    SummaryFields counts = new SummaryFields();
    for (String field = in.nextField(); field != null; field = in.nextField()) {
      switch (field) {
        case "snapshotId" -> snapshotId = in.identifier();
        case "takenAtEpochMillis" -> takenAtEpochMillis = in.amount();
        case "ageMillis" -> ageMillis = in.amount();
        case "drms" -> drms = in.identifier();
        case "drmsVersion" -> drmsVersion = in.name();
        case "serverName" -> serverName = in.name();
        case "visibility" -> visibility = SnapshotReader.readVisibility(in);
        default -> counts.read(field, in);
      }
    }
    if (snapshotId == null || takenAtEpochMillis == null || drms == null) {
      in.note("a past summary needs snapshotId, takenAtEpochMillis and drms");
    }
    return in.hasProblem()
        ? null
        : new PastSummary(
            snapshotId,
            takenAtEpochMillis,
            ageMillis,
            drms,
            drmsVersion,
            serverName,
            visibility,
            counts.summary());
  }

  /** The page, or null with a problem noted. */
  static Backfill readBackfill(FieldReader in) throws IOException, WireException {
    if (!in.startsObject()) {
      return null;
    }
    List<PastSummary> summaries = null;
    boolean more = false;
    Long dropped = null;
    for (String field = in.nextField(); field != null; field = in.nextField()) {
      switch (field) {
        case "summaries" ->
            summaries =
                SummaryFields.rows(in, MOST_SUMMARIES, "summaries", PastSummaryFields::read);
        case "more" -> more = Boolean.TRUE.equals(in.flag());
        case "dropped" -> dropped = in.amount();
        default -> in.skip();
      }
    }
    if (summaries == null) {
      in.note("summaries is missing");
      return null;
    }
    return new Backfill(summaries, more, dropped == null ? 0 : dropped);
  }
}
