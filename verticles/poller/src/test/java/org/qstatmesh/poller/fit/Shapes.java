package org.qstatmesh.poller.fit;

import java.util.ArrayList;
import java.util.List;
import org.qstatmesh.bus.ClusterStatus;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.bus.FitQuery;
import org.qstatmesh.wire.Node;
import org.qstatmesh.wire.NodeState;
import org.qstatmesh.wire.Queue;
import org.qstatmesh.wire.Visibility;

/**
 * Nodes, queues and questions in short words; a question mark is what is not known.
 *
 * <p>Nodes: {@code FREE 16/16 g4/0 m64/2 q=batch+gpu x3} is three nodes with 16 cores, all free, 4
 * GPUs, none used, 64 bytes of memory, 2 used, in two queues. Queues: {@code batch on on t3600
 * s64}: enabled, started, an hour, 64 cores; {@code off} and {@code ?} instead of {@code on}.
 * Questions: {@code 2x16 g1 m32 t60}, or {@code s64} for 64 cores anywhere.
 */
final class Shapes {
  private Shapes() {}

  static FitQuery wanted(String text) {
    Integer nodes = 1;
    Integer slotsPerNode = null;
    Integer slots = null;
    int gpus = 0;
    Long memory = null;
    Long walltime = null;
    for (String word : text.strip().split(" +")) {
      int value = Integer.parseInt(word.replaceFirst("^([a-z]|\\d+x)", ""));
      switch (word.charAt(0)) {
        case 's' -> slots = value;
        case 'g' -> gpus = value;
        case 'm' -> memory = (long) value;
        case 't' -> walltime = (long) value;
        default -> {
          nodes = Integer.valueOf(word.substring(0, word.indexOf('x')));
          slotsPerNode = value;
        }
      }
    }
    return new FitQuery(nodes, slotsPerNode, slots, gpus, memory, walltime);
  }

  static List<Node> nodes(String text) {
    List<Node> nodes = new ArrayList<>();
    for (String one : text.strip().split(" *, *")) {
      if (!one.isEmpty()) {
        addNodes(one, nodes);
      }
    }
    return nodes;
  }

  private static void addNodes(String text, List<Node> nodes) {
    String[] words = text.split(" +");
    Integer[] slots = pair(words[1]);
    Integer[] gpus = {0, 0};
    Integer[] memory = {null, null};
    List<String> queues = List.of();
    int copies = 1;
    for (int i = 2; i < words.length; i++) {
      String rest = words[i].substring(1);
      switch (words[i].charAt(0)) {
        case 'g' -> gpus = pair(rest);
        case 'm' -> memory = pair(rest);
        case 'q' -> queues = List.of(rest.substring(1).split("\\+"));
        default -> copies = Integer.parseInt(rest);
      }
    }
    for (int i = 0; i < copies; i++) {
      nodes.add(
          new Node(
              "n" + nodes.size(),
              NodeState.valueOf(words[0]),
              null,
              slots[0],
              null,
              slots[1],
              gpus[0],
              gpus[1],
              bytes(memory[0]),
              bytes(memory[1]),
              null,
              queues,
              null));
    }
  }

  static Queue queue(String text) {
    String[] words = text.strip().split(" +");
    Long walltime = null;
    Integer slots = null;
    for (int i = 3; i < words.length; i++) {
      int value = Integer.parseInt(words[i].substring(1));
      if (words[i].charAt(0) == 't') {
        walltime = (long) value;
      } else {
        slots = value;
      }
    }
    return new Queue(words[0], flag(words[1]), flag(words[2]), walltime, slots);
  }

  /** A row in which a queue has running cores and waiting tasks. */
  static ClusterSummary row(
      String drms, Visibility visibility, String queue, Integer runningSlots, int queuedJobs) {
    List<ClusterSummary.Use> uses =
        runningSlots == null
            ? List.of()
            : List.of(new ClusterSummary.Use(queue, 1, runningSlots, 0, queuedJobs, 0, 0));
    int running = runningSlots != null && runningSlots == 0 ? 0 : 1;
    return new ClusterSummary(
        "hpc1",
        "HPC 1",
        drms,
        null,
        null,
        visibility,
        ClusterStatus.UP,
        null,
        0,
        "s",
        1L,
        1L,
        1,
        new ClusterSummary.Jobs(running, queuedJobs, 0, 0, 0),
        null,
        null,
        null,
        new ClusterSummary.Usage(uses, uses, uses, uses),
        List.of(),
        List.of(new ClusterSummary.QueueCount(queue, true, true, running, queuedJobs, null, null)));
  }

  private static Integer[] pair(String text) {
    String[] two = text.split("/");
    return new Integer[] {known(two[0]), known(two[1])};
  }

  private static Integer known(String text) {
    return text.equals("?") ? null : Integer.valueOf(text);
  }

  private static Long bytes(Integer value) {
    return value == null ? null : Long.valueOf(value);
  }

  private static Boolean flag(String text) {
    return text.equals("?") ? null : Boolean.valueOf(text.equals("on"));
  }
}
