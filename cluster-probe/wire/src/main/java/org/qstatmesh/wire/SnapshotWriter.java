package org.qstatmesh.wire;

import java.io.IOException;

/** Writes a {@link Snapshot}. */
final class SnapshotWriter {
  /** Writes the field {@code ageMillis}; here the one who encodes for many askers steps in. */
  interface Age {
    void write(FieldWriter out, Long ageMillis) throws IOException;
  }

  private SnapshotWriter() {}

  static void write(FieldWriter out, Snapshot snapshot) throws IOException {
    writeHead(out, snapshot, (fields, ageMillis) -> fields.number("ageMillis", ageMillis));
    out.records("jobs", snapshot.jobs(), JobFields::write);
    out.records("nodes", snapshot.nodes(), NodeFields::write);
    out.records("queues", snapshot.queues(), QueueFields::write);
  }

  /** All but the arrays of jobs, nodes and queues, which come last. */
  static void writeHead(FieldWriter out, Snapshot snapshot, Age age) throws IOException {
    out.text("cluster", snapshot.cluster());
    out.text("drms", snapshot.drms());
    out.text("drmsVersion", snapshot.drmsVersion());
    out.text("serverName", snapshot.serverName());
    out.constant("visibility", snapshot.visibility());
    out.text("snapshotId", snapshot.snapshotId());
    out.text("etag", snapshot.etag());
    out.number("takenAtEpochMillis", snapshot.takenAtEpochMillis());
    age.write(out, snapshot.ageMillis());
    out.text("probeVersion", snapshot.probeVersion());
    out.number("minimumIntervalSeconds", snapshot.minimumIntervalSeconds());
    out.record("cost", snapshot.cost(), CostFields::write);
    out.records("collectors", snapshot.collectors(), CollectorFields::write);
  }
}
