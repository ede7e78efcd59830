package org.qstatmesh.wire;

/** Whose jobs the scheduler shows to the user that the probe runs as. */
public enum Visibility {
  /** Everybody's. */
  ALL,
  /** Only the probe's own user's: counts by user are not the cluster's. */
  OWN,
  /** The scheduler does not say. */
  UNKNOWN
}
