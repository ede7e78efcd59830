package org.qstatmesh.wire;

/** What a probe answers; {@code id} is the request's, null when the request could not be read. */
public sealed interface ProbeReply {

  /** The id of the request this answers. */
  String id();

  /** The newest snapshot. */
  record OfSnapshot(String id, Snapshot snapshot) implements ProbeReply {}

  /**
   * The newest snapshot shows what the asker's shows.
   *
   * @param ageMillis the newest snapshot's age now
   * @param snapshotId the newest snapshot: the asker's own, or a later one with the same etag; null
   *     from a foreign probe
   * @param takenAtEpochMillis when that one was taken, by the login node's clock; null from a
   *     foreign probe
   */
  record Unchanged(String id, long ageMillis, String snapshotId, Long takenAtEpochMillis)
      implements ProbeReply {}

  /** One job in full. */
  record OfJob(String id, JobDetail detail) implements ProbeReply {}

  /** Who is there. */
  record OfHello(String id, ProbeHello hello) implements ProbeReply {}

  /** What was counted while nobody asked. */
  record OfBackfill(String id, Backfill backfill) implements ProbeReply {}

  /** The request failed. */
  record Failed(String id, ProbeError error) implements ProbeReply {}
}
