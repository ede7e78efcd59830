package org.qstatmesh.probe.collect;

import org.qstatmesh.wire.EncodedSnapshot;
import org.qstatmesh.wire.ProbeError;

/** The newest result of a collection, ready to be sent. */
public sealed interface Collected {

  /**
   * A picture, encoded once for all who ask.
   *
   * @param snapshotId names the collection
   * @param encoded the JSON
   * @param beganNanos when the collection began, by {@link System#nanoTime()}
   */
  record Picture(String snapshotId, EncodedSnapshot encoded, long beganNanos) implements Collected {

    /** Its age now. */
    public long ageMillis() {
      return (System.nanoTime() - beganNanos) / 1_000_000;
    }
  }

  /** The newest collection failed whole. */
  record Nothing(ProbeError error) implements Collected {}
}
