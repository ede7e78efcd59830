package org.qstatmesh.demo.listing;

import java.util.StringJoiner;
import org.qstatmesh.demo.simulation.BatchSystem;
import org.qstatmesh.demo.simulation.Placement;
import org.qstatmesh.demo.simulation.SimNode;
import org.qstatmesh.wire.NodeState;

/** {@code pbsnodes -av -F dsv} of OpenPBS 23.06; each host is one vnode. */
final class OpenPbsNodeListing {
  private static final long KIB_PER_GIB = 1L << 20;

  private OpenPbsNodeListing() {}

  static String text(BatchSystem batch) {
    DsvText dsv = new DsvText();
    for (SimNode node : batch.nodes()) {
      dsv.begin("Name=", node.name());
      dsv.add("Mom", node.name() + ".example");
      dsv.add("Port", 15_002);
      dsv.add("pbs_version", batch.plan().scheduler().version());
      dsv.add("ntype", "PBS");
      dsv.add("state", state(node));
      dsv.add("pcpus", node.kind().cores());
      long gib = 0;
      StringJoiner jobs = new StringJoiner(",");
      for (Placement placement : node.placements()) {
        String id = OpenPbsJobListing.jobId(placement.task(), batch);
        placement.cores().stream().forEach(core -> jobs.add(id + "/" + core));
        gib += placement.task().submission().order().request().memoryGibPerNode();
      }
      if (jobs.length() > 0) {
        dsv.add("jobs", jobs.toString());
      }
      dsv.add("resources_available.arch", "linux");
      dsv.add("resources_available.host", node.name());
      dsv.add("resources_available.mem", node.kind().memoryGib() + "gb");
      dsv.add("resources_available.ncpus", node.kind().cores());
      if (node.kind().gpus() > 0) {
        dsv.add("resources_available.ngpus", node.kind().gpus());
        dsv.add("resources_assigned.ngpus", node.usedGpus());
      }
      dsv.add("resources_available.vnode", node.name());
      dsv.add("resources_assigned.mem", gib * KIB_PER_GIB + "kb");
      dsv.add("resources_assigned.ncpus", node.usedCores());
      if (node.note() != null) {
        dsv.add("comment", node.note());
      }
      dsv.add("resv_enable", "True");
      dsv.add("sharing", "default_shared");
      dsv.end();
    }
    return dsv.toString();
  }

  private static String state(SimNode node) {
    boolean full = node.usedCores() == node.kind().cores();
    return switch (node.state()) {
      case DOWN -> "down";
      case OFFLINE -> full ? "offline,job-busy" : "offline";
      default -> node.state() == NodeState.FULL ? "job-busy" : "free";
    };
  }
}
