package org.qstatmesh.store.chunk;

import java.util.Collection;

/**
 * What a row holds of a sample besides numbers; when it was observed is the point's offset.
 *
 * @param snapshotId the collection
 * @param receivedAfterMillis from when it was observed to when it arrived; can be negative
 * @param aboutNumber number of the table {@code about}
 * @param failure what did not work, as JSON; null when all did
 * @param backfilled whether it was counted while no poller was there
 * @param knownParts one bit for each part it knew, {@code 1 << code}; that of {@link Part#HEAD}
 *     says that its queues were known
 */
public record Head(
    String snapshotId,
    long receivedAfterMillis,
    int aboutNumber,
    String failure,
    boolean backfilled,
    int knownParts) {

  /** Whether the sample is a point in the chunk of that part; of HEAD: whether it lists queues. */
  public boolean knows(Part part) {
    return (knownParts & 1 << part.code()) != 0;
  }

  /** The bits of {@link #knownParts}. */
  public static int bitsOf(Collection<Part> parts) {
    return parts.stream().mapToInt(part -> 1 << part.code()).sum();
  }
}
