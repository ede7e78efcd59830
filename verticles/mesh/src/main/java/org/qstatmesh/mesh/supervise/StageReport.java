package org.qstatmesh.mesh.supervise;

/**
 * How a stage does.
 *
 * @param stage label of the stage
 * @param status what it is doing
 * @param sinceEpochMillis since when
 * @param restarts how often it was started again
 * @param problem why it is down; null unless it is
 * @param note what it has to say of itself while it is up: that it stands by; null for nothing
 */
public record StageReport(
    String stage, Status status, long sinceEpochMillis, int restarts, String problem, String note) {

  /** What a stage is doing. */
  public enum Status {
    STARTING,
    UP,
    STOPPING,
    DOWN
  }
}
