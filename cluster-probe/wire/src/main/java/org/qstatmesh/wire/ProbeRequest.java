package org.qstatmesh.wire;

/**
 * What a poller asks of a probe.
 *
 * @param id chosen by the asker, repeated in the reply
 * @param op what is wanted
 * @param have with {@link Op#SNAPSHOT}: the snapshotId the asker has; null for none
 * @param etag with {@link Op#SNAPSHOT}: the etag of the snapshot that the asker has; null for none
 * @param omitAbsent with {@link Op#SNAPSHOT}: whether fields of jobs, nodes and queues that are
 *     null may be left out, which makes a reply a third shorter
 * @param jobId with {@link Op#JOB}: the job; else null
 * @param after with {@link Op#BACKFILL}: the snapshotId of the last that the asker has; null for
 *     none
 * @param afterAgeMillis with {@link Op#BACKFILL}: how long ago that one was taken, for a probe that
 *     does not remember it; an age, since two clocks may differ; null for as long as there are any
 * @param limit with {@link Op#BACKFILL}: most summaries in the reply; null for the probe's own
 */
public record ProbeRequest(
    String id,
    Op op,
    String have,
    String etag,
    boolean omitAbsent,
    String jobId,
    String after,
    Long afterAgeMillis,
    Integer limit) {

  /** The operations of protocol 1; on the wire in lower case. */
  public enum Op {
    SNAPSHOT,
    JOB,
    HELLO,
    BACKFILL
  }

  /** Asks for the newest snapshot unless it is still {@code have}. */
  public static ProbeRequest snapshot(String id, String have) {
    return new ProbeRequest(id, Op.SNAPSHOT, have, null, false, null, null, null, null);
  }

  /**
   * Asks for the newest snapshot, as short as it can be said, unless it is still {@code have} or
   * shows what the snapshot with this {@code etag} showed.
   */
  public static ProbeRequest shortSnapshot(String id, String have, String etag) {
    return new ProbeRequest(id, Op.SNAPSHOT, have, etag, true, null, null, null, null);
  }

  /** Asks for one job in full. */
  public static ProbeRequest job(String id, String jobId) {
    return new ProbeRequest(id, Op.JOB, null, null, false, jobId, null, null, null);
  }

  /** Asks who is there. */
  public static ProbeRequest hello(String id) {
    return new ProbeRequest(id, Op.HELLO, null, null, false, null, null, null, null);
  }

  /**
   * Asks for the summaries of collections after {@code after}, oldest first.
   *
   * @param afterAgeMillis how long ago {@code after} was taken
   * @param limit most of them
   */
  public static ProbeRequest backfill(String id, String after, Long afterAgeMillis, int limit) {
    return new ProbeRequest(id, Op.BACKFILL, null, null, false, null, after, afterAgeMillis, limit);
  }
}
