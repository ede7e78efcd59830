package org.qstatmesh.demo.listing;

import java.util.Locale;
import java.util.StringJoiner;
import org.qstatmesh.demo.simulation.BatchSystem;
import org.qstatmesh.demo.simulation.Placement;
import org.qstatmesh.demo.simulation.SimNode;
import org.qstatmesh.wire.NodeState;

/** {@code pbsnodes -x} of TORQUE 6.1. */
final class TorqueNodeListing {
  private static final long KIB_PER_GIB = 1L << 20;

  private TorqueNodeListing() {}

  static String text(BatchSystem batch) {
    XmlText xml = new XmlText();
    for (SimNode node : batch.nodes()) {
      xml.open("Node");
      xml.add("name", node.name());
      xml.add("state", state(node));
      xml.add("power_state", "Running");
      xml.add("np", node.kind().cores());
      xml.add("ntype", "cluster");
      if (!node.placements().isEmpty()) {
        StringJoiner jobs = new StringJoiner(",");
        for (Placement placement : node.placements()) {
          String id = "/" + TorqueForm.jobId(placement.task(), batch);
          TorqueForm.addRanges(jobs, "", placement.cores(), id);
        }
        xml.add("jobs", jobs.toString());
      }
      xml.add("status", status(node, batch.now()));
      if (node.note() != null) {
        xml.add("note", node.note());
      }
      xml.add("mom_service_port", 15_002);
      xml.add("mom_manager_port", 15_003);
      if (node.kind().gpus() > 0) {
        xml.add("gpus", node.kind().gpus());
      }
      xml.close("Node");
    }
    return xml.end();
  }

  private static String state(SimNode node) {
    return switch (node.state()) {
      case DOWN -> "down";
      case OFFLINE -> "offline";
      default -> node.state() == NodeState.FULL ? "job-exclusive" : "free";
    };
  }

  private static String status(SimNode node, long now) {
    long memory = node.kind().memoryGib() * KIB_PER_GIB;
    long available = memory - node.usedCores() * 2L * KIB_PER_GIB;
    return String.format(
        Locale.ROOT,
        "opsys=linux,uname=Linux %s 5.14.0-427.el9.x86_64 #1 SMP x86_64,nsessions=%d,nusers=%d,"
            + "idletime=%d,totmem=%dkb,availmem=%dkb,physmem=%dkb,ncpus=%d,loadave=%.2f,gres=,"
            + "netload=0,state=free,varattr= ,version=6.1.3,rectime=%d,jobs=",
        node.name(),
        node.placements().size(),
        node.placements().size(),
        node.placements().isEmpty() ? 86_400 : 0,
        memory,
        available,
        memory,
        node.kind().cores(),
        node.usedCores() * 0.98,
        now);
  }
}
