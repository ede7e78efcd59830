package org.qstatmesh.bus;

/**
 * State of one tunnel.
 *
 * @param node the mesh node whose tunnel it is
 * @param cluster id
 * @param status what it is doing
 * @param endpoint where the poller of the same node connects, {@code tcp://127.0.0.1:port}; stays
 *     the same while the tunnel is re-made; null while there is none
 * @param sinceEpochMillis when it entered this status
 * @param failure why it does not work: set in BACKING_OFF, and in OPEN while the far end refuses
 *     the probe's port; else null
 */
public record TunnelState(
    String node,
    String cluster,
    Status status,
    String endpoint,
    long sinceEpochMillis,
    Failure failure)
    implements MeshMessage {

  /** What a tunnel is doing. */
  public enum Status {
    /** No ssh: the endpoint is the probe itself. */
    DIRECT,
    /** Connecting or logging in. */
    CONNECTING,
    /** Logged in; channels can be opened. */
    OPEN,
    /** Failed; tries again by itself. */
    BACKING_OFF,
    /** Not wanted any more. */
    CLOSED
  }
}
