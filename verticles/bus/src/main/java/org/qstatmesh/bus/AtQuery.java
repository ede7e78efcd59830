package org.qstatmesh.bus;

/**
 * Asks for every cluster's summary as it was at a moment.
 *
 * @param atEpochMillis the moment
 */
public record AtQuery(long atEpochMillis) implements MeshMessage {
  /** Throws {@link QueryFailure} 400 that names the field when a value cannot be served. */
  public AtQuery checked() {
    if (atEpochMillis < 0) {
      throw QueryFailure.badField("atEpochMillis", "must not be negative");
    }
    return this;
  }
}
