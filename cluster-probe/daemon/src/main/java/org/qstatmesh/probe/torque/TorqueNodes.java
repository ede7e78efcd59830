package org.qstatmesh.probe.torque;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.qstatmesh.probe.drms.Problems;
import org.qstatmesh.probe.drms.UnparsableException;
import org.qstatmesh.probe.pbs.Attributes;
import org.qstatmesh.probe.pbs.NodeWords;
import org.qstatmesh.probe.pbs.NodeWords.Condition;
import org.qstatmesh.probe.pbs.Sizes;
import org.qstatmesh.wire.Node;
import org.qstatmesh.wire.NodeState;

/**
 * {@code pbsnodes -x}. Used cores are those that {@code jobs} names: {@code
 * 0-1/11.login1,2-5/22.login1} (6.1) or one entry for each core, {@code 0/7.login1, 1/7.login1}
 * (4.2).
 *
 * <p>TORQUE says how many GPUs a node has, not how many jobs hold: used GPUs of a node with GPUs
 * are unknown here.
 */
final class TorqueNodes {
  private static final Set<String> READ =
      Set.of("name", "state", "power_state", "np", "gpus", "jobs", "status", "note");
  private static final String RUNNING_POWER = "Running";

  private TorqueNodes() {}

  static List<Node> parse(Reader in, Problems problems) throws IOException, UnparsableException {
    List<Node> nodes = new ArrayList<>();
    XmlRecords.read(in, "Node", READ::contains, problems, record -> nodes.add(node(record)));
    return nodes;
  }

  private static Node node(Attributes record) {
    Integer slots = record.count("np");
    if (slots == null) {
      throw new IllegalArgumentException("np is missing");
    }
    int used = usedCores(record.whole("jobs"));
    Condition condition = condition(record);
    int free = condition.takesWork() ? Math.max(0, slots - used) : 0;
    NodeState state = condition.state(slots, used, free);
    // a node that is down keeps the status of its last report
    Map<String, String> status =
        state == NodeState.DOWN ? Map.of() : status(record.whole("status"));
    Integer gpus = record.count("gpus");
    Long memory = Sizes.parseBytes(status.get("physmem"));
    return new Node(
        record.text("name"),
        state,
        record.text("state"),
        slots,
        used,
        free,
        gpus == null ? 0 : gpus,
        gpus == null || gpus == 0 ? 0 : null,
        memory,
        usedMemory(status, memory),
        loadAverage(status.get("loadave")),
        List.of(),
        record.text("note") != null ? record.text("note") : status.get("message"));
  }

  /** Since 6.0 a node may be put to sleep; its state does not say so. */
  private static Condition condition(Attributes record) {
    Condition condition = NodeWords.condition(record.text("state"));
    String power = record.text("power_state");
    boolean awake = power == null || power.equals(RUNNING_POWER);
    return awake ? condition : condition.and(new Condition(NodeState.OFFLINE, false));
  }

  /** Distinct cores: two jobs that share one use one. */
  private static int usedCores(String jobs) {
    BitSet cores = new BitSet();
    if (jobs == null || jobs.isBlank()) {
      return 0;
    }
    StringBuilder ranges = new StringBuilder();
    for (String entry : jobs.split(",", -1)) {
      int slash = entry.indexOf('/');
      String range = slash < 0 ? entry : entry.substring(0, slash);
      ranges.append(ranges.isEmpty() ? "" : ",").append(range.strip());
      // 0,2-3/7.login1: one job, several ranges
      if (slash >= 0) {
        CoreRanges.add(cores, ranges.toString(), "jobs");
        ranges.setLength(0);
      }
    }
    if (!ranges.isEmpty()) {
      throw new IllegalArgumentException("jobs ends in its midst");
    }
    return cores.cardinality();
  }

  /**
   * {@code opsys=linux,uname=Linux n001 6.1,…,state=free,…,jobs=…}: what the node's daemon reports.
   */
  private static Map<String, String> status(String text) {
    Map<String, String> values = new HashMap<>();
    if (text != null) {
      for (String entry : text.split(",", -1)) {
        int equals = entry.indexOf('=');
        if (equals > 0) {
          values.putIfAbsent(entry.substring(0, equals).strip(), entry.substring(equals + 1));
        }
      }
    }
    return values;
  }

  /**
   * What is taken of memory and swap together, which is what TORQUE reports; at most the memory.
   */
  private static Long usedMemory(Map<String, String> status, Long memory) {
    Long total = Sizes.parseBytes(status.get("totmem"));
    Long available = Sizes.parseBytes(status.get("availmem"));
    if (total == null || available == null || memory == null || available > total) {
      return null;
    }
    return Math.min(memory, total - available);
  }

  private static Double loadAverage(String text) {
    if (text == null || !text.matches("[0-9]{1,9}(\\.[0-9]{1,9})?")) {
      return null;
    }
    return Double.valueOf(text);
  }
}
