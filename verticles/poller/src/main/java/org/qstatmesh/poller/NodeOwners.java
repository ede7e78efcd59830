package org.qstatmesh.poller;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.qstatmesh.bus.NodesAnswer;
import org.qstatmesh.wire.Job;
import org.qstatmesh.wire.JobState;
import org.qstatmesh.wire.Node;

/** Who runs on which node. Pure; not for event loops where there are many jobs. */
final class NodeOwners {
  private NodeOwners() {}

  /** The nodes with the owners of the jobs that run on them; {@code jobs} may be null. */
  static NodesAnswer answer(Picture.Part<Node> nodes, Picture.Part<Job> jobs) {
    Map<String, List<String>> owners = new HashMap<>();
    if (jobs != null) {
      sets(jobs.records()).forEach((node, names) -> owners.put(node, List.copyOf(names)));
    }
    return new NodesAnswer(nodes.observedAtEpochMillis(), nodes.records(), owners);
  }

  private static Map<String, Set<String>> sets(List<Job> jobs) {
    Map<String, Set<String>> owners = new HashMap<>();
    for (Job job : jobs) {
      if (job.jobState() == JobState.RUNNING) {
        for (String node : job.nodeNames()) {
          owners.computeIfAbsent(node, any -> new TreeSet<>()).add(job.jobOwner());
        }
      }
    }
    return owners;
  }
}
