package org.qstatmesh.probe.slurm;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.qstatmesh.probe.drms.Problems;
import org.qstatmesh.probe.drms.UnparsableException;
import org.qstatmesh.probe.pbs.NodeWords.Condition;
import org.qstatmesh.probe.pbs.Numbers;
import org.qstatmesh.probe.pbs.TextPool;
import org.qstatmesh.probe.slurm.ScontrolLines.Entry;
import org.qstatmesh.wire.Node;
import org.qstatmesh.wire.NodeState;

/**
 * {@code scontrol -o show node}. Free cores are counted here: Slurm calls the cores of a node that
 * never registered idle. Nodes of the future are not listed.
 */
final class SlurmNodes {
  private static final int BYTES_OF_MEGABYTE_SHIFT = 20;
  private static final int LONGEST_REASON = 4_096;

  /** Who set the reason, and when: {@code bad DIMM [root@2026-11-22T06:34:52]}. */
  private static final Pattern SIGNATURE = Pattern.compile(" \\[[^\\[\\] @]+@[^\\[\\] ]+\\]");

  private static final Pattern LOAD = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,9})?");

  private final TextPool pool = new TextPool();

  private SlurmNodes() {}

  static List<Node> parse(Reader in, Problems problems) throws IOException, UnparsableException {
    List<Node> nodes = new ArrayList<>();
    SlurmNodes listing = new SlurmNodes();
    ScontrolLines.read(
        in,
        "NodeName",
        "No nodes in the system",
        problems,
        entry -> nodes.add(listing.node(entry)));
    return nodes;
  }

  private Node node(Entry entry) {
    int slots = entry.count("CPUTot");
    int used = entry.count("CPUAlloc");
    // without the cores that are set aside for the system; since 22.05
    int effective = entry.word("CPUEfctv") == null ? slots : entry.count("CPUEfctv");
    Condition condition = NodeFlags.condition(entry.word("State"));
    int free = condition.takesWork() ? Math.max(0, Math.min(effective, slots) - used) : 0;
    NodeState state = condition.state(slots, used, free);
    String partitions = entry.word("Partitions");
    Integer gpus = gpus(entry);
    return new Node(
        entry.word("NodeName"),
        state,
        pool.one(entry.word("State")),
        slots,
        used,
        free,
        gpus,
        usedGpus(entry, gpus),
        megabytes(entry.word("RealMemory")),
        megabytes(entry.word("AllocMem")),
        state == NodeState.DOWN ? null : load(entry.word("CPULoad")),
        partitions == null
            ? List.of()
            : List.of(partitions.split(",")).stream().map(pool::one).toList(),
        pool.one(reason(entry.rest("Reason"))));
  }

  /** The larger of what is configured and what is counted: sites need not count GPUs as TRES. */
  private static Integer gpus(Entry entry) {
    String configured = entry.word("Gres");
    String counted = entry.word("CfgTRES");
    return Math.max(
        configured == null ? 0 : Gpus.in(configured), counted == null ? 0 : Gpus.in(counted));
  }

  /** Unknown where GPUs are not counted as TRES. */
  private static Integer usedGpus(Entry entry, int gpus) {
    String counted = entry.word("CfgTRES");
    if (gpus > 0 && (counted == null || Gpus.in(counted) == 0)) {
      return null;
    }
    String used = entry.word("AllocTRES");
    return used == null ? 0 : Gpus.in(used);
  }

  private static Long megabytes(String text) {
    Long megabytes = text == null ? null : Numbers.parseLong(text);
    boolean fits = megabytes != null && megabytes <= Long.MAX_VALUE >> BYTES_OF_MEGABYTE_SHIFT;
    return fits ? Long.valueOf(megabytes << BYTES_OF_MEGABYTE_SHIFT) : null;
  }

  private static Double load(String text) {
    return text == null || !LOAD.matcher(text).matches() ? null : Double.valueOf(text);
  }

  private static String reason(String text) {
    if (text == null) {
      return null;
    }
    Matcher signature = SIGNATURE.matcher(text);
    String reason = (signature.find() ? text.substring(0, signature.start()) : text).strip();
    return reason.isEmpty() ? null : reason.substring(0, Math.min(LONGEST_REASON, reason.length()));
  }
}
