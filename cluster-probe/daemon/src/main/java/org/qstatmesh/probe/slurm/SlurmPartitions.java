package org.qstatmesh.probe.slurm;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import org.qstatmesh.probe.drms.Problems;
import org.qstatmesh.probe.drms.UnparsableException;
import org.qstatmesh.probe.slurm.ScontrolLines.Entry;
import org.qstatmesh.wire.Queue;

/** {@code scontrol -a -o show partition}: hidden partitions too. */
final class SlurmPartitions {
  private SlurmPartitions() {}

  static List<Queue> parse(Reader in, Problems problems) throws IOException, UnparsableException {
    List<Queue> queues = new ArrayList<>();
    ScontrolLines.read(
        in,
        "PartitionName",
        "No partitions in the system",
        problems,
        entry -> queues.add(queue(entry)));
    return queues;
  }

  /** scontrol(1): DOWN takes jobs and starts none, DRAIN starts those it has, INACTIVE neither. */
  private static Queue queue(Entry entry) {
    String state = entry.word("State");
    String limit = entry.word("MaxTime");
    boolean known = state != null && state.matches("UP|DOWN|DRAIN|INACTIVE");
    return new Queue(
        entry.word("PartitionName"),
        known ? Boolean.valueOf(state.equals("UP") || state.equals("DOWN")) : null,
        known ? Boolean.valueOf(state.equals("UP") || state.equals("DRAIN")) : null,
        limit == null ? null : Values.seconds(limit),
        null);
  }
}
