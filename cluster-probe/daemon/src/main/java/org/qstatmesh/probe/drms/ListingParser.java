package org.qstatmesh.probe.drms;

import java.io.IOException;
import java.io.Reader;

/** Reads one command's output as it comes; memory grows with the records, never with the text. */
@FunctionalInterface
public interface ListingParser<T> {

  /**
   * Reads to the end.
   *
   * @param in the command's standard output; bytes that are no UTF-8 arrive as U+FFFD
   * @param problems takes one note for each record left out
   * @throws UnparsableException when the text as a whole is not this listing, or is cut off:
   *     nothing of it may be shown
   */
  T parse(Reader in, Problems problems) throws IOException, UnparsableException;
}
