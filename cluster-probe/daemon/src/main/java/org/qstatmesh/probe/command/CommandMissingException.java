package org.qstatmesh.probe.command;

import java.io.Serial;

/**
 * A command is not where commands are looked for, or may not be executed; the message says which.
 */
public final class CommandMissingException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  CommandMissingException(String message) {
    super(message);
  }
}
