package org.qstatmesh.store.export;

import java.time.Instant;

/**
 * What of the history is wanted as a table.
 *
 * @param from inclusive
 * @param to exclusive
 * @param cluster its id; null for all
 * @param stepSeconds 0 for every sample, else a step that is kept
 * @param format how it is written
 */
public record ExportRequest(
    Instant from, Instant to, String cluster, int stepSeconds, Format format) {

  /** How a table is written. */
  public enum Format {
    /** RFC 4180, in UTF-8, behind a line with the names of the columns. */
    CSV,
    /** One array of objects, in UTF-8. */
    JSON
  }
}
