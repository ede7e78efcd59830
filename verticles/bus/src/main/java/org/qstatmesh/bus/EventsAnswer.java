package org.qstatmesh.bus;

import java.util.List;
import org.qstatmesh.bus.ClusterChanges.JobEvent;
import org.qstatmesh.bus.ClusterChanges.NodeEvent;

/**
 * What changed on a cluster, newest first.
 *
 * @param jobs jobs that came, started or ended
 * @param nodes nodes whose state changed
 * @param more whether older ones of the range were left out
 */
public record EventsAnswer(List<JobEvent> jobs, List<NodeEvent> nodes, boolean more)
    implements MeshMessage {
  /** Copies the lists. */
  public EventsAnswer {
    jobs = List.copyOf(jobs);
    nodes = List.copyOf(nodes);
  }
}
