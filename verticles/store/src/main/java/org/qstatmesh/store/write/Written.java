package org.qstatmesh.store.write;

import java.util.List;
import org.qstatmesh.bus.SnapshotTaken;

/**
 * What became of a batch that is on disk now.
 *
 * @param refused those that came when their time was not kept any more
 */
public record Written(int stored, int duplicates, List<SnapshotTaken> refused) {
  /** Of one of the batch. */
  public boolean isOnDisk(SnapshotTaken taken) {
    return !refused.contains(taken);
  }
}
