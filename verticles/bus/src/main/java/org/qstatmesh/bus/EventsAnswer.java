package org.qstatmesh.bus;

import java.util.List;
import org.qstatmesh.bus.ClusterChanges.ClusterEvent;
import org.qstatmesh.bus.ClusterChanges.JobEvent;
import org.qstatmesh.bus.ClusterChanges.NodeEvent;

/**
 * What changed on a cluster, newest first.
 *
 * @param jobs jobs that came, started or ended
 * @param nodes nodes whose state changed
 * @param more whether older ones of the range were left out
 * @param clusters when the cluster itself stopped answering and when it answered again
 */
public record EventsAnswer(
    List<JobEvent> jobs, List<NodeEvent> nodes, boolean more, List<ClusterEvent> clusters)
    implements MeshMessage {
  /** Copies the lists; an older release sends no {@code clusters}. */
  public EventsAnswer {
    jobs = List.copyOf(jobs);
    nodes = List.copyOf(nodes);
    clusters = clusters == null ? List.of() : List.copyOf(clusters);
  }

  /** Of a cluster that answered all the time. */
  public EventsAnswer(List<JobEvent> jobs, List<NodeEvent> nodes, boolean more) {
    this(jobs, nodes, more, List.of());
  }
}
