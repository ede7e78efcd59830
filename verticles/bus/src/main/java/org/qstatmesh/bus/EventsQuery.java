package org.qstatmesh.bus;

/**
 * Asks what changed on a cluster.
 *
 * @param cluster id
 * @param fromEpochMillis inclusive
 * @param toEpochMillis exclusive
 * @param jobOwner only this login's jobs, nothing of nodes or the cluster; null for all
 * @param limit most events wanted, the newest; 1 to {@link #MOST}
 */
public record EventsQuery(
    String cluster, long fromEpochMillis, long toEpochMillis, String jobOwner, int limit)
    implements MeshMessage {
  /** More than one sample brings, so that who reads page by page gets past each moment. */
  public static final int MOST = 5_000;

  /** Throws {@link QueryFailure} 400 that names the field when a value cannot be served. */
  public EventsQuery checked() {
    if (fromEpochMillis < 0 || toEpochMillis <= fromEpochMillis) {
      throw QueryFailure.badField("toEpochMillis", "must be after fromEpochMillis");
    }
    if (limit < 1 || limit > MOST) {
      throw QueryFailure.badField("limit", "between 1 and " + MOST);
    }
    return this;
  }
}
