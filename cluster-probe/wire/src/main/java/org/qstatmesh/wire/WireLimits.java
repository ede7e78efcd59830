package org.qstatmesh.wire;

/**
 * What a reader accepts before it refuses a document; a hostile probe or poller must not fill the
 * heap.
 *
 * @param maxBytes longest document
 * @param maxDepth deepest nesting
 * @param maxStringLength longest string, in characters
 * @param maxJobs most jobs
 * @param maxNodes most nodes
 * @param maxQueues most queues
 * @param maxNamesPerRecord most names in a list of a job or a node
 */
public record WireLimits(
    int maxBytes,
    int maxDepth,
    int maxStringLength,
    int maxJobs,
    int maxNodes,
    int maxQueues,
    int maxNamesPerRecord) {

  /** For replies: 64 MiB, a million jobs, 200,000 nodes. */
  public static final WireLimits REPLY =
      new WireLimits(64 << 20, 16, 64 << 10, 1_000_000, 200_000, 10_000, 20_000);

  /** For requests: a few hundred bytes are usual, 8 KiB is the most. */
  public static final WireLimits REQUEST = new WireLimits(8 << 10, 8, 1 << 10, 0, 0, 0, 0);

  /** The same limits with another length. */
  public WireLimits withMaxBytes(int bytes) {
    return new WireLimits(
        bytes, maxDepth, maxStringLength, maxJobs, maxNodes, maxQueues, maxNamesPerRecord);
  }
}
