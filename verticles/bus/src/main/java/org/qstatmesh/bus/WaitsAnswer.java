package org.qstatmesh.bus;

import java.util.List;

/**
 * How long jobs waited: from submission to start, tasks counted one by one.
 *
 * @param waits by cluster, then queue (null, all queues, first), then size
 * @param kept by cluster, from when on it is known; a cluster of which nothing is kept is missing
 */
public record WaitsAnswer(List<Wait> waits, List<Kept> kept) implements MeshMessage {
  /** Copies the lists; an older release sends no {@code kept}. */
  public WaitsAnswer {
    waits = List.copyOf(waits);
    kept = kept == null ? List.of() : List.copyOf(kept);
  }

  /**
   * What the numbers of a cluster are of.
   *
   * @param cluster id
   * @param fromEpochMillis the window's start, or when the oldest that is kept was seen if later
   */
  public record Kept(String cluster, long fromEpochMillis) {}

  /**
   * Jobs of one size in one queue.
   *
   * @param cluster id
   * @param queueName null: all queues of the cluster
   * @param minSlots smallest job counted, cores of one task; 0 with {@code maxSlots} null: any size
   * @param maxSlots largest job counted; null: no limit
   * @param count how many started in the window
   * @param p50Seconds half of them waited no longer
   * @param p90Seconds nine of ten waited no longer
   */
  public record Wait(
      String cluster,
      String queueName,
      int minSlots,
      Integer maxSlots,
      long count,
      long p50Seconds,
      long p90Seconds) {}
}
