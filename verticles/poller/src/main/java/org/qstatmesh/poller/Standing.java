package org.qstatmesh.poller;

import org.qstatmesh.bus.ClusterConfig;
import org.qstatmesh.bus.Failure;
import org.qstatmesh.bus.FailureCode;
import org.qstatmesh.bus.Printable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How one cluster stands: how often in a row it failed and since when, and the one log line for
 * each change of that. Event loop only.
 */
final class Standing {
  private static final Logger LOG = LoggerFactory.getLogger(Standing.class);

  private int failuresInARow;
  private long failingSinceEpochMillis;
  private FailureCode lastFailure;
  private FailureCode partialFailure;
  private long partialSinceEpochMillis;
  private boolean answeredBefore;

  boolean isFailing() {
    return failuresInARow > 0;
  }

  int failuresInARow() {
    return failuresInARow;
  }

  /** A poll failed; the failure counts from the first of this row. */
  Failure failed(ClusterConfig cluster, FailureCode code, String detail, long atEpochMillis) {
    if (failuresInARow++ == 0) {
      failingSinceEpochMillis = atEpochMillis;
    }
    if (code != lastFailure) {
      LOG.warn("{} does not answer: {}: {}", cluster.cluster(), code, Printable.escape(detail));
      lastFailure = code;
    }
    return Failure.of(code, detail, failingSinceEpochMillis, cluster);
  }

  /**
   * A poll succeeded.
   *
   * @param part the collector that failed; null when all worked
   * @return what a row shows beside its numbers; null when all worked
   */
  Failure answered(ClusterConfig cluster, CollectorFailure part, long atEpochMillis) {
    FailureCode code = part == null ? null : part.code();
    boolean changed = !answeredBefore || lastFailure != null || code != partialFailure;
    if (changed && part == null) {
      LOG.info("{} answers", cluster.cluster());
    } else if (changed) {
      LOG.warn(
          "{} answers in part: {}: {}", cluster.cluster(), code, Printable.escape(part.detail()));
    }
    if (partialFailure == null) {
      partialSinceEpochMillis = atEpochMillis;
    }
    answeredBefore = true;
    failuresInARow = 0;
    lastFailure = null;
    partialFailure = code;
    return part == null ? null : Failure.of(code, part.detail(), partialSinceEpochMillis, cluster);
  }
}
