package org.qstatmesh.bus;

/** Whether a row's numbers can be believed. */
public enum ClusterStatus {
  /** Never seen. */
  UNKNOWN,
  /** News is fresh. */
  UP,
  /** No failure, yet the news is older than {@code staleAfterMillis}. */
  STALE,
  /** Two failed polls in a row, or a failure older than {@code staleAfterMillis}. */
  DOWN
}
