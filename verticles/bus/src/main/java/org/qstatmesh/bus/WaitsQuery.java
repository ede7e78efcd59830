package org.qstatmesh.bus;

/**
 * Asks how long jobs waited that started in a window.
 *
 * @param cluster id; null for all clusters
 * @param fromEpochMillis inclusive
 * @param toEpochMillis exclusive
 */
public record WaitsQuery(String cluster, long fromEpochMillis, long toEpochMillis)
    implements MeshMessage {
  /** Throws {@link QueryFailure} 400 that names the field when a value cannot be served. */
  public WaitsQuery checked() {
    if (fromEpochMillis < 0 || toEpochMillis <= fromEpochMillis) {
      throw QueryFailure.badField("toEpochMillis", "must be after fromEpochMillis");
    }
    return this;
  }
}
