package org.qstatmesh.mesh.config;

import java.io.Serial;
import java.util.List;
import java.util.stream.Collectors;

/** The configuration cannot be used; holds every problem found. */
public final class ConfException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final transient List<ConfProblem> problems;

  /** At least one problem. */
  public ConfException(List<ConfProblem> problems) {
    super(problems.stream().map(ConfProblem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** All of them, in the order of the files. */
  public List<ConfProblem> problems() {
    return problems;
  }
}
