package org.qstatmesh.wire;

/**
 * What a poller asks of a probe.
 *
 * @param id chosen by the asker, repeated in the reply
 * @param op what is wanted
 * @param have with {@link Op#SNAPSHOT}: the snapshotId the asker has; null for none
 * @param jobId with {@link Op#JOB}: the job; else null
 */
public record ProbeRequest(String id, Op op, String have, String jobId) {

  /** The operations of protocol 1; on the wire in lower case. */
  public enum Op {
    SNAPSHOT,
    JOB,
    HELLO
  }

  /** Asks for the newest snapshot unless it is still {@code have}. */
  public static ProbeRequest snapshot(String id, String have) {
    return new ProbeRequest(id, Op.SNAPSHOT, have, null);
  }

  /** Asks for one job in full. */
  public static ProbeRequest job(String id, String jobId) {
    return new ProbeRequest(id, Op.JOB, null, jobId);
  }

  /** Asks who is there. */
  public static ProbeRequest hello(String id) {
    return new ProbeRequest(id, Op.HELLO, null, null);
  }
}
