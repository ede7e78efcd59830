package org.qstatmesh.store;

import org.qstatmesh.bus.ClusterSummary;

/** A summary that cannot be stored, however often it is tried. */
final class UnstorableException extends RuntimeException {
  private final transient ClusterSummary summary;

  UnstorableException(ClusterSummary summary, Exception cause) {
    super(cause);
    this.summary = summary;
  }

  ClusterSummary summary() {
    return summary;
  }
}
