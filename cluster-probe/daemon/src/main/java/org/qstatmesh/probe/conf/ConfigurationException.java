package org.qstatmesh.probe.conf;

import java.io.Serial;
import java.util.List;

/** A configuration file cannot be used; each problem is one line for its author. */
public final class ConfigurationException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  /** Keeps the lines. */
  public ConfigurationException(List<String> problems) {
    super(String.join("; ", problems));
    this.problems = List.copyOf(problems);
  }

  /** One line each: file, JSON pointer, what is wrong. */
  public List<String> problems() {
    return problems;
  }
}
