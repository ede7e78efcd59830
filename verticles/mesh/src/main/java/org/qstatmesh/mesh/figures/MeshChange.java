package org.qstatmesh.mesh.figures;

import java.util.List;
import java.util.Map;
import org.qstatmesh.bus.NodeFigures;

/**
 * What the nodes did between two readings of their figures. Rates are null in the first reading,
 * and in the first after a restart.
 *
 * @param atEpochMillis when it was read, by the clock of the node that was asked
 * @param nodes every node heard within the last hour, by name
 */
public record MeshChange(long atEpochMillis, List<NodeChange> nodes) {
  /** Copies the list. */
  public MeshChange {
    nodes = List.copyOf(nodes);
  }

  /**
   * A node.
   *
   * @param node its name
   * @param release of its program; null for one built by hand
   * @param protocol of its messages
   * @param silentSeconds how long nothing was heard of it; null while it is heard
   * @param upSeconds how long it runs
   * @param stages its stages
   * @param memory what it takes
   * @param addresses the event bus
   * @param clusters those that it polls
   * @param store null where there is none
   * @param browsers null where there are none
   */
  public record NodeChange(
      String node,
      String release,
      int protocol,
      Long silentSeconds,
      long upSeconds,
      List<NodeFigures.StageFigures> stages,
      NodeFigures.MemoryFigures memory,
      List<AddressChange> addresses,
      List<NodeFigures.ClusterFigures> clusters,
      StoreChange store,
      BrowserChange browsers) {}

  /**
   * An address.
   *
   * @param address its name
   * @param inPerSecond messages that handlers took
   * @param outPerSecond messages sent and published
   * @param pending messages that wait for a handler
   * @param failures questions that were not answered, since the node's start
   * @param drops messages discarded, since the node's start
   * @param p50Millis from sending to handling, of the last minutes; null when there were none
   * @param p99Millis the same
   */
  public record AddressChange(
      String address,
      Double inPerSecond,
      Double outPerSecond,
      long pending,
      long failures,
      long drops,
      Double p50Millis,
      Double p99Millis) {}

  /**
   * A store.
   *
   * @param databaseBytes null before it is known
   * @param writing whether the disk takes it
   * @param pending summaries that wait for the disk
   * @param storedPerSecond summaries written
   * @param drops summaries dropped since the start
   */
  public record StoreChange(
      Long databaseBytes, boolean writing, long pending, Double storedPerSecond, long drops) {}

  /**
   * Browsers.
   *
   * @param browsers connected now
   * @param deliveriesPerSecond handed to them
   * @param drops given up since the start, by reason
   */
  public record BrowserChange(long browsers, Double deliveriesPerSecond, Map<String, Long> drops) {}
}
