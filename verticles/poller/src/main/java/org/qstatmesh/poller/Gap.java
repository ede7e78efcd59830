package org.qstatmesh.poller;

import org.qstatmesh.bus.ClusterSummary;

/**
 * A time of which this side has no sample, by the server's clock.
 *
 * @param afterId the last collection before it; null when none is known
 * @param afterEpochMillis when that one was observed
 * @param untilId the first collection behind it
 * @param untilEpochMillis when that one was observed
 */
record Gap(String afterId, long afterEpochMillis, String untilId, long untilEpochMillis) {

  /** Whether a sample that was handed in later lies in it. */
  boolean holds(ClusterSummary summary) {
    return summary.observedAtEpochMillis() > afterEpochMillis
        && summary.observedAtEpochMillis() < untilEpochMillis
        && !summary.snapshotId().equals(untilId);
  }

  /** What is left of it behind that collection. */
  Gap after(String snapshotId, long observedAtEpochMillis) {
    return new Gap(snapshotId, observedAtEpochMillis, untilId, untilEpochMillis);
  }

  /** This gap, and all up to another one's end. */
  Gap upTo(Gap later) {
    return new Gap(afterId, afterEpochMillis, later.untilId, later.untilEpochMillis);
  }
}
