package org.qstatmesh.mesh.node;

import java.io.Serial;

/**
 * A node cannot start; carries the exit code of the process and a message for the person who
 * started it.
 */
public final class StartException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  /** EX_UNAVAILABLE of sysexits.h: a port or the data directory is taken. */
  public static final int UNAVAILABLE = 69;

  /** EX_CONFIG of sysexits.h. */
  public static final int CONFIGURATION = 78;

  private final int exitCode;

  /** A failure without a cause worth telling. */
  public StartException(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /** A failure with its cause. */
  public StartException(int exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  /** What the process ends with. */
  public int exitCode() {
    return exitCode;
  }
}
