package org.qstatmesh.store.write;

import org.qstatmesh.bus.SnapshotTaken;

/** A summary that cannot be stored, however often it is tried. */
public final class UnstorableException extends RuntimeException {
  private final transient SnapshotTaken taken;

  UnstorableException(SnapshotTaken taken, Exception cause) {
    super(cause);
    this.taken = taken;
  }

  public SnapshotTaken taken() {
    return taken;
  }
}
