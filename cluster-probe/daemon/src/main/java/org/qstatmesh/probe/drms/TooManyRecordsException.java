package org.qstatmesh.probe.drms;

import java.io.Serial;

/** Thrown by whoever takes the records of a listing: there is no room for more of them. */
public final class TooManyRecordsException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /** A message for the administrator: how many there were, and what to do. */
  public TooManyRecordsException(String message) {
    super(message);
  }
}
