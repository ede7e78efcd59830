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
 */
public record ProbeRequest(
    String id, Op op, String have, String etag, boolean omitAbsent, String jobId) {

  /** The operations of protocol 1; on the wire in lower case. */
  public enum Op {
    SNAPSHOT,
    JOB,
    HELLO
  }

  /** Asks for the newest snapshot unless it is still {@code have}. */
  public static ProbeRequest snapshot(String id, String have) {
    return new ProbeRequest(id, Op.SNAPSHOT, have, null, false, null);
  }

  /**
   * Asks for the newest snapshot, as short as it can be said, unless it is still {@code have} or
   * shows what the snapshot with this {@code etag} showed.
   */
  public static ProbeRequest shortSnapshot(String id, String have, String etag) {
    return new ProbeRequest(id, Op.SNAPSHOT, have, etag, true, null);
  }

  /** Asks for one job in full. */
  public static ProbeRequest job(String id, String jobId) {
    return new ProbeRequest(id, Op.JOB, null, null, false, jobId);
  }

  /** Asks who is there. */
  public static ProbeRequest hello(String id) {
    return new ProbeRequest(id, Op.HELLO, null, null, false, null);
  }
}
