package org.qstatmesh.wire;

/**
 * A document that is not what protocol {@code qstat-mesh/1} allows; the message names field and
 * offset.
 */
public final class WireException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why a document was refused. */
  public enum Kind {
    /** Not JSON, cut off, or of the wrong shape. */
    MALFORMED,
    /** Deeper, longer or more than the reader accepts. */
    TOO_LARGE,
    /** Another major protocol. */
    FOREIGN_PROTOCOL
  }

  private final Kind kind;

  WireException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  WireException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** Why the document was refused. */
  public Kind kind() {
    return kind;
  }
}
