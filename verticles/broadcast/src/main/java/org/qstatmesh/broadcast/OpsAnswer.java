package org.qstatmesh.broadcast;

import java.util.List;
import java.util.Set;
import org.qstatmesh.bus.FiguresAnswer;
import org.qstatmesh.bus.NodeFigures;

/**
 * What browsers are told of the mesh's own figures: all but the event bus, which is for who runs
 * the mesh.
 *
 * @param atEpochMillis when, by the server's clock
 * @param nodes each node heard within the last hour, by name
 */
record OpsAnswer(long atEpochMillis, List<OpsNode> nodes) {

  /**
   * A node.
   *
   * @param node its name
   * @param release of its program; null for one built by hand
   * @param heardEpochMillis when it was heard last, by the server's clock
   * @param upMillis how long it ran then
   * @param stages its stages
   * @param memory what it took
   * @param clusters polls of clusters that are configured
   * @param store null where there is none
   * @param browsers null where there are none
   */
  record OpsNode(
      String node,
      String release,
      long heardEpochMillis,
      long upMillis,
      List<NodeFigures.StageFigures> stages,
      NodeFigures.MemoryFigures memory,
      List<NodeFigures.ClusterFigures> clusters,
      NodeFigures.StoreFigures store,
      NodeFigures.BrowserFigures browsers) {}

  static OpsAnswer of(FiguresAnswer answer, Set<String> clusters) {
    return new OpsAnswer(
        answer.atEpochMillis(),
        answer.nodes().stream().map(heard -> node(heard, clusters)).toList());
  }

  private static OpsNode node(FiguresAnswer.Heard heard, Set<String> clusters) {
    NodeFigures figures = heard.figures();
    return new OpsNode(
        figures.node(),
        figures.release(),
        heard.heardEpochMillis(),
        Math.max(0, figures.atEpochMillis() - figures.sinceEpochMillis()),
        figures.stages(),
        figures.memory(),
        figures.clusters().stream().filter(one -> clusters.contains(one.cluster())).toList(),
        figures.store(),
        figures.browsers());
  }
}
