package org.qstatmesh.wire;

import java.util.List;

/**
 * A page of what was counted while nobody asked.
 *
 * @param summaries oldest first
 * @param more whether there are later ones, to be asked for after the last of these
 * @param dropped how many were given up, oldest first, to keep within the probe's memory
 */
public record Backfill(List<PastSummary> summaries, boolean more, long dropped) {
  /** Nothing is kept. */
  public static final Backfill NOTHING = new Backfill(List.of(), false, 0);

  /** Copies the list. */
  public Backfill {
    summaries = List.copyOf(summaries);
  }
}
