package org.qstatmesh.broadcast.feed;

import org.qstatmesh.bus.QueryFailure;

/**
 * Asks for a cluster's news.
 *
 * @param cluster id
 * @param fromEpochMillis inclusive
 * @param toEpochMillis exclusive
 * @param limit most lines wanted, the newest; 1 to 200
 */
public record FeedQuery(String cluster, long fromEpochMillis, long toEpochMillis, int limit) {
  private static final int MOST = 200;

  /** Throws {@link QueryFailure} 400 that names the field when a value cannot be served. */
  public FeedQuery checked() {
    if (fromEpochMillis < 0 || toEpochMillis <= fromEpochMillis) {
      throw QueryFailure.badField("toEpochMillis", "must be after fromEpochMillis");
    }
    if (limit < 1 || limit > MOST) {
      throw QueryFailure.badField("limit", "between 1 and " + MOST);
    }
    return this;
  }
}
