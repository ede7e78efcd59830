package org.qstatmesh.probe.drms;

import java.io.Serial;

/**
 * A command's output is not the listing it should be, or ends in its midst; the message says where.
 */
public final class UnparsableException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  /** A message for the administrator, without any attribute's value. */
  public UnparsableException(String message) {
    super(message);
  }

  /** The same with what a library said. */
  public UnparsableException(String message, Throwable cause) {
    super(message, cause);
  }
}
