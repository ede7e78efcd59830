package org.qstatmesh.poller;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.qstatmesh.bus.SnapshotTaken;
import org.qstatmesh.wire.CollectorReport;
import org.qstatmesh.wire.Job;
import org.qstatmesh.wire.Node;
import org.qstatmesh.wire.Queue;
import org.qstatmesh.wire.Snapshot;
import org.qstatmesh.wire.Summary;
import org.qstatmesh.wire.summary.Keys;

/**
 * What is known of one cluster: each part from the newest snapshot in which its collector worked.
 *
 * @param newest the newest snapshot's head; its lists are those of the parts
 * @param drmsVersion from the newest snapshot that said it
 * @param serverName from the newest snapshot that said it
 * @param observedAtEpochMillis when the newest snapshot was true
 * @param jobs null while that collector never worked
 * @param nodes null while that collector never worked
 * @param queues null while that collector never worked, or where the scheduler has no queues
 */
record Picture(
    Snapshot newest,
    String drmsVersion,
    String serverName,
    long observedAtEpochMillis,
    Part<Job> jobs,
    Part<Node> nodes,
    Part<Queue> queues) {

  /** Records of one collector and when they were true, by the server's clock. */
  record Part<T>(List<T> records, long observedAtEpochMillis) {}

  /** The picture after {@code snapshot}; {@code before} is null for the first one. */
  static Picture after(Picture before, Snapshot snapshot, long observedAtEpochMillis) {
    boolean queuesFailed = failed(snapshot, "queues");
    return new Picture(
        snapshot,
        orElse(snapshot.drmsVersion(), before == null ? null : before.drmsVersion),
        orElse(snapshot.serverName(), before == null ? null : before.serverName),
        observedAtEpochMillis,
        part(
            failed(snapshot, "jobs") ? null : snapshot.jobs(),
            observedAtEpochMillis,
            before == null ? null : before.jobs),
        part(
            failed(snapshot, "nodes") ? null : snapshot.nodes(),
            observedAtEpochMillis,
            before == null ? null : before.nodes),
        part(
            queuesFailed ? null : snapshot.queues(),
            observedAtEpochMillis,
            before == null || !queuesFailed ? null : before.queues));
  }

  /** What to tell the probe that we have; null when it gives no id that a request could hold. */
  String have() {
    String id = newest.snapshotId();
    return id == null || id.isEmpty() || id.length() > Summary.MAX_KEY_LENGTH ? null : id;
  }

  /**
   * What stands for all that it shows; null when the probe gives none that a request could hold.
   */
  String etag() {
    String etag = newest.etag();
    return etag == null || etag.length() > Summary.MAX_KEY_LENGTH ? null : etag;
  }

  /** Whether a probe that says so speaks of the newest snapshot; one that names none does. */
  boolean isNewest(String snapshotId) {
    return snapshotId == null || snapshotId.equals(newest.snapshotId());
  }

  /** The id that names this collection, whether or not the probe gives it one. */
  String snapshotId() {
    String id = have();
    return id == null ? Long.toString(newest.takenAtEpochMillis()) : id;
  }

  /** Parts that are those of an earlier snapshot, because their collector failed in the newest. */
  Set<SnapshotTaken.Part> keptParts() {
    Set<SnapshotTaken.Part> kept = EnumSet.noneOf(SnapshotTaken.Part.class);
    if (jobs != null && isMissing(newest.jobs(), "jobs")) {
      kept.add(SnapshotTaken.Part.JOBS);
    }
    if (nodes != null && isMissing(newest.nodes(), "nodes")) {
      kept.add(SnapshotTaken.Part.NODES);
    }
    if (queues != null && isMissing(newest.queues(), "queues")) {
      kept.add(SnapshotTaken.Part.QUEUES);
    }
    return kept;
  }

  private boolean isMissing(List<?> records, String collector) {
    return records == null || failed(newest, collector);
  }

  private static <T> Part<T> part(List<T> records, long observedAtEpochMillis, Part<T> last) {
    return records == null ? last : new Part<>(records, observedAtEpochMillis);
  }

  private static boolean failed(Snapshot snapshot, String collector) {
    for (CollectorReport report : snapshot.collectors()) {
      if (collector.equals(report.collector()) && !report.success()) {
        return true;
      }
    }
    return false;
  }

  private static String orElse(String now, String before) {
    return now == null ? before : Keys.cut(now);
  }
}
