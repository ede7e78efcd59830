package org.qstatmesh.probe.gridengine;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.qstatmesh.probe.drms.Problems;
import org.qstatmesh.probe.drms.UnparsableException;
import org.qstatmesh.probe.gridengine.HostListing.Host;
import org.qstatmesh.probe.gridengine.HostListing.Instance;
import org.qstatmesh.probe.pbs.Attributes;
import org.qstatmesh.probe.pbs.NodeWords.Condition;
import org.qstatmesh.probe.pbs.Numbers;
import org.qstatmesh.wire.Node;
import org.qstatmesh.wire.NodeState;

/**
 * {@code qhost -q -xml}: hosts with the slots of their queue instances added up. Slots of suspended
 * jobs count as used: Grid Engine gives them to nobody else. {@code num_proc} is the machine's and
 * limits nothing.
 */
final class GridEngineNodes {
  private static final Pattern MEASURE = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,9})?");
  private static final String NOTHING_REPORTED = "-";

  private GridEngineNodes() {}

  static List<Node> parse(Reader in, Problems problems) throws IOException, UnparsableException {
    List<Node> nodes = new ArrayList<>();
    HostListing.read(in, problems, host -> nodes.add(node(host)));
    return nodes;
  }

  private static Node node(Host host) {
    long slots = 0;
    long used = 0;
    long free = 0;
    List<Condition> conditions = new ArrayList<>();
    List<String> queues = new ArrayList<>();
    for (Instance instance : host.instances()) {
      Condition condition = InstanceState.conditionOf(instance.letters());
      conditions.add(condition);
      slots += instance.slots();
      used += instance.usedSlots();
      free += condition.takesWork() ? Math.max(0, instance.slots() - instance.usedSlots()) : 0;
      if (instance.queue() != null) {
        queues.add(instance.queue());
      }
    }
    Condition condition =
        conditions.isEmpty() ? withoutQueue(host.values()) : InstanceState.ofHost(conditions);
    int slotsThere = Numbers.checkedCount(slots, "slots");
    int usedThere = Numbers.checkedCount(used, "slots_used");
    int freeThere = condition.outOfService() == null ? (int) free : 0;
    return new Node(
        host.name(),
        state(condition, usedThere, freeThere),
        words(host.instances()),
        slotsThere,
        usedThere,
        freeThere,
        null,
        null,
        Memory.parseBytes(host.values().text("mem_total")),
        Memory.parseBytes(host.values().text("mem_used")),
        measure(host.values().text("load_avg")),
        queues,
        conditions.isEmpty() ? "is in no queue" : null);
  }

  /** Slots of a disabled queue beside others make an idle host no less free. */
  private static NodeState state(Condition condition, int used, int free) {
    return condition.state(used + free, used, free);
  }

  /** A host that is in no queue can get no job; one that never reported was never there. */
  private static Condition withoutQueue(Attributes values) {
    String architecture = values.text("arch_string");
    boolean silent = architecture == null || architecture.equals(NOTHING_REPORTED);
    return new Condition(silent ? NodeState.UNKNOWN : NodeState.OFFLINE, false);
  }

  /** The letters where all instances have the same, else {@code disabled.q=d,…}; null for none. */
  private static String words(List<Instance> instances) {
    List<String> letters = instances.stream().map(Instance::letters).distinct().toList();
    if (letters.size() <= 1) {
      return letters.isEmpty() || letters.get(0).isEmpty() ? null : letters.get(0);
    }
    List<String> words = new ArrayList<>();
    for (Instance instance : instances) {
      if (!instance.letters().isEmpty()) {
        words.add(instance.queue() + "=" + instance.letters());
      }
    }
    return String.join(",", words);
  }

  private static Double measure(String text) {
    return text == null || !MEASURE.matcher(text).matches() ? null : Double.valueOf(text);
  }

  /**
   * {@code qhost -F -xml}: slots left of each host that is limited to a number of them ({@code
   * complex_values slots=16}), however many its queues offer.
   */
  static Map<String, Integer> parseSlotsLeft(Reader in, Problems problems)
      throws IOException, UnparsableException {
    Map<String, Integer> left = new HashMap<>();
    HostListing.read(
        in,
        problems,
        host -> {
          String slots = host.consumables().text("slots");
          if (slots != null) {
            left.put(host.name(), wholeSlots(slots));
          }
        });
    return left;
  }

  /** {@code 16.000000}; after the limit was lowered more may be used than it allows: negative. */
  private static int wholeSlots(String text) {
    boolean overdrawn = text.startsWith("-");
    int dot = text.indexOf('.');
    String digits = text.substring(overdrawn ? 1 : 0, dot < 0 ? text.length() : dot);
    int slots = Numbers.parseCount(digits, "slots");
    return overdrawn ? -slots : slots;
  }

  /** The hosts, none with more slots than its limit. */
  static List<Node> limited(List<Node> nodes, Map<String, Integer> slotsLeft) {
    return nodes.stream()
        .map(
            node -> {
              Integer left = slotsLeft.get(node.nodeName());
              return left == null ? node : limited(node, left);
            })
        .toList();
  }

  private static Node limited(Node node, int left) {
    int limit = Math.max(0, node.usedSlots() + left);
    int slots = Math.min(node.slots(), limit);
    int free = Math.max(0, Math.min(node.freeSlots(), left));
    NodeState state = node.nodeState();
    boolean inService =
        state == NodeState.FREE || state == NodeState.PARTIAL || state == NodeState.FULL;
    return new Node(
        node.nodeName(),
        inService ? state(new Condition(null, true), node.usedSlots(), free) : state,
        node.nodeSubState(),
        slots,
        node.usedSlots(),
        free,
        node.gpus(),
        node.usedGpus(),
        node.memoryBytes(),
        node.usedMemoryBytes(),
        node.loadAverage(),
        node.queueNames(),
        node.reason());
  }
}
