package org.qstatmesh.wire;

/** State of a host: the first of these, in this order, that holds. */
public enum NodeState {
  /** Down or unreachable. */
  DOWN,
  /** Taken out by an administrator, in maintenance, powered down or of the future. */
  OFFLINE,
  /** Finishes its jobs and takes no new ones. */
  DRAINING,
  /** Never registered, or in a state this version does not know. */
  UNKNOWN,
  /** No free slot, or held exclusively by one job. */
  FULL,
  /** Some slots used, some free. */
  PARTIAL,
  /** No slot used. */
  FREE
}
