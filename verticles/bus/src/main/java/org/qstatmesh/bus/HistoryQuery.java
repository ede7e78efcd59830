package org.qstatmesh.bus;

/**
 * Asks for one measure of one cluster over time, by one dimension.
 *
 * @param cluster id
 * @param dimension what the series are
 * @param measure what is counted
 * @param fromEpochMillis inclusive
 * @param toEpochMillis exclusive
 * @param maxPoints most points wanted, 1 to 2,000
 * @param top how many series are named, the rest is summed as others; 0 to 50
 * @param band whether each series brings its least and most besides its mean; absent is no
 */
public record HistoryQuery(
    String cluster,
    Dimension dimension,
    Measure measure,
    long fromEpochMillis,
    long toEpochMillis,
    int maxPoints,
    int top,
    Boolean band)
    implements MeshMessage {
  /** What is not said to be wanted is not. */
  public HistoryQuery {
    band = Boolean.TRUE.equals(band);
  }

  /** Means only. */
  public HistoryQuery(
      String cluster,
      Dimension dimension,
      Measure measure,
      long fromEpochMillis,
      long toEpochMillis,
      int maxPoints,
      int top) {
    this(cluster, dimension, measure, fromEpochMillis, toEpochMillis, maxPoints, top, false);
  }

  /** What a series stands for; a lab is one of {@link People}. */
  public enum Dimension {
    USER,
    GROUP,
    ACCOUNT,
    QUEUE,
    LAB
  }

  /** What is counted. */
  public enum Measure {
    RUNNING_SLOTS,
    RUNNING_JOBS,
    RUNNING_GPUS,
    QUEUED_SLOTS,
    QUEUED_JOBS
  }

  /**
   * Throws {@link QueryFailure} 400 that names the field when a value cannot be served.
   *
   * @return this
   */
  public HistoryQuery checked() {
    if (dimension == null) {
      throw QueryFailure.badField("dimension", "one of user, group, account, queue, lab");
    }
    if (measure == null) {
      throw QueryFailure.badField("measure", "what to count is missing");
    }
    if (fromEpochMillis < 0 || toEpochMillis <= fromEpochMillis) {
      throw QueryFailure.badField("toEpochMillis", "must be after fromEpochMillis");
    }
    if (maxPoints < 1 || maxPoints > 2_000) {
      throw QueryFailure.badField("maxPoints", "between 1 and 2000");
    }
    if (top < 0 || top > 50) {
      throw QueryFailure.badField("top", "between 0 and 50");
    }
    return this;
  }
}
