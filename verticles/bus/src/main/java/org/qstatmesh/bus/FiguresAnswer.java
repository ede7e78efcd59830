package org.qstatmesh.bus;

import java.util.List;

/**
 * The newest figures of every node that this one heard, its own among them; by name.
 *
 * @param node who answers
 * @param atEpochMillis when, by its clock
 * @param nodes who was heard within the last hour
 */
public record FiguresAnswer(String node, long atEpochMillis, List<Heard> nodes)
    implements NodeMessage {
  /** Copies the list. */
  public FiguresAnswer {
    nodes = List.copyOf(nodes);
  }

  /**
   * A node's newest figures.
   *
   * @param heardEpochMillis when they came in, by the clock of who answers
   * @param figures what came
   */
  public record Heard(long heardEpochMillis, NodeFigures figures) {}
}
