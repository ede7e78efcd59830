package org.qstatmesh.wire;

import java.util.List;

/**
 * One picture of one cluster, taken by one collection.
 *
 * @param cluster what the probe's own configuration calls the cluster; information only, usually
 *     null
 * @param drms {@code torque}, {@code openpbs}, {@code slurm} or {@code gridengine}
 * @param drmsVersion the scheduler's version, as it words it
 * @param serverName the scheduler's server or cluster name
 * @param visibility whose jobs are in it
 * @param snapshotId names this collection; opaque; null from a foreign probe
 * @param etag stands for all that follows {@code cost}: two snapshots of one probe with the same
 *     one show the same jobs, nodes and queues; null from a foreign probe
 * @param takenAtEpochMillis when the collection began, by the login node's clock
 * @param ageMillis how old it was when the reply was made, by the login node's monotonic clock;
 *     null from a foreign probe
 * @param probeVersion version of the probe
 * @param minimumIntervalSeconds the probe's own shortest time between two collections; null from a
 *     foreign probe
 * @param cost what the collection cost; null when unknown
 * @param collectors what became of each collector
 * @param jobs unfinished jobs; null when that collector failed
 * @param nodes hosts; null when that collector failed
 * @param queues queues; null when that collector failed or does not exist
 */
public record Snapshot(
    String cluster,
    String drms,
    String drmsVersion,
    String serverName,
    Visibility visibility,
    String snapshotId,
    String etag,
    long takenAtEpochMillis,
    Long ageMillis,
    String probeVersion,
    Integer minimumIntervalSeconds,
    Cost cost,
    List<CollectorReport> collectors,
    List<Job> jobs,
    List<Node> nodes,
    List<Queue> queues) {

  /** Copies the lists; insists on {@code drms}. */
  public Snapshot {
    if (drms == null) {
      throw new IllegalArgumentException("a snapshot needs drms");
    }
    visibility = visibility == null ? Visibility.UNKNOWN : visibility;
    collectors = collectors == null ? List.of() : List.copyOf(collectors);
    jobs = jobs == null ? null : List.copyOf(jobs);
    nodes = nodes == null ? null : List.copyOf(nodes);
    queues = queues == null ? null : List.copyOf(queues);
  }

  /** The same picture under this etag. */
  Snapshot withEtag(String tag) {
    return with(snapshotId, tag, takenAtEpochMillis, ageMillis);
  }

  /** The same picture, as a later collection took it again. */
  public Snapshot takenAgain(ProbeReply.Unchanged again) {
    Long takenAt = again.takenAtEpochMillis();
    return with(
        again.snapshotId(),
        etag,
        takenAt == null ? takenAtEpochMillis : takenAt,
        again.ageMillis());
  }

  /** The same picture with the age it has when it is sent. */
  public Snapshot withAgeMillis(long age) {
    return with(snapshotId, etag, takenAtEpochMillis, age);
  }

  private Snapshot with(String id, String tag, long takenAt, Long age) {
    return new Snapshot(
        cluster,
        drms,
        drmsVersion,
        serverName,
        visibility,
        id,
        tag,
        takenAt,
        age,
        probeVersion,
        minimumIntervalSeconds,
        cost,
        collectors,
        jobs,
        nodes,
        queues);
  }
}
