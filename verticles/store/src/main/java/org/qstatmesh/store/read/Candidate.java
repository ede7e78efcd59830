package org.qstatmesh.store.read;

import org.qstatmesh.store.row.RowSample;

/**
 * A sample or a step that may be the one nearest to a moment.
 *
 * @param clusterNumber whose
 * @param atMillis when it was true
 * @param row the sample's; null when it is in a chunk
 * @param step of the chunk; null of a row
 * @param startSeconds of the chunk
 */
record Candidate(
    int clusterNumber, long atMillis, RowSample row, StoredStep step, long startSeconds) {

  static Candidate ofRow(int clusterNumber, RowSample row) {
    return new Candidate(clusterNumber, row.observedAtEpochMillis(), row, null, 0);
  }

  long distanceMillis(long momentMillis) {
    return Math.abs(atMillis - momentMillis);
  }

  /**
   * Whether this stands instead of another that was found before it. A sample that is in a step is
   * no further away than the step and its length: then the sample, which holds more, is still
   * there. Of two that are equally near it is the earlier.
   */
  boolean isBetterThan(Candidate other, long momentMillis) {
    if (other == null) {
      return true;
    }
    long distance = distanceMillis(momentMillis);
    long otherDistance = other.distanceMillis(momentMillis);
    if (step != null && step.seconds() > 0 && !step.equals(other.step)) {
      return distance + step.millis() < otherDistance;
    }
    return distance < otherDistance || (distance == otherDistance && atMillis < other.atMillis);
  }
}
