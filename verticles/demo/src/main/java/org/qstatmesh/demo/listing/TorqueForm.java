package org.qstatmesh.demo.listing;

import java.util.BitSet;
import java.util.StringJoiner;
import org.qstatmesh.demo.simulation.BatchSystem;
import org.qstatmesh.demo.simulation.Placement;
import org.qstatmesh.demo.simulation.Task;

/** How TORQUE 6.1 writes job ids and numbers of cores. */
final class TorqueForm {
  private TorqueForm() {}

  /** {@code 7.server} or {@code 7[2].server}. */
  static String jobId(Task task, BatchSystem batch) {
    String index = task.submission().order().array() ? "[" + task.index() + "]" : "";
    return task.submission().sequence() + index + "." + batch.plan().serverName();
  }

  /** {@code n001/0-15+n002/3}: one entry for each range of cores. */
  static String execHost(Task task) {
    StringJoiner hosts = new StringJoiner("+");
    for (Placement placement : task.placements()) {
      addRanges(hosts, placement.node().name() + "/", placement.cores(), "");
    }
    return hosts.toString();
  }

  /** {@code n008-gpu/1+n008-gpu/0}. */
  static String execGpus(Task task) {
    StringJoiner gpus = new StringJoiner("+");
    for (Placement placement : task.placements()) {
      placement.gpus().stream().forEach(gpu -> gpus.add(placement.node().name() + "-gpu/" + gpu));
    }
    return gpus.toString();
  }

  /** Adds {@code before0-3after} for each run of numbers. */
  static void addRanges(StringJoiner to, String before, BitSet numbers, String after) {
    int first = numbers.nextSetBit(0);
    while (first >= 0) {
      int last = numbers.nextClearBit(first) - 1;
      to.add(before + (first == last ? first : first + "-" + last) + after);
      first = numbers.nextSetBit(last + 1);
    }
  }
}
