package org.qstatmesh.probe.openpbs;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.qstatmesh.probe.pbs.Attributes;
import org.qstatmesh.probe.pbs.NodeWords;
import org.qstatmesh.probe.pbs.NodeWords.Condition;
import org.qstatmesh.probe.pbs.Numbers;
import org.qstatmesh.wire.Node;
import org.qstatmesh.wire.NodeState;

/**
 * The vnodes of one host, added up. A host in service is one of whose vnodes with cores at least
 * one is; a natural vnode without cores only counts when there is no other.
 */
final class HostVnodes {
  private static final String AVAILABLE = "resources_available.";
  private static final String ASSIGNED = "resources_assigned.";

  private final String host;
  private final Set<String> states = new LinkedHashSet<>();
  private final Set<String> queues = new LinkedHashSet<>();
  private final Set<String> comments = new LinkedHashSet<>();
  private Condition withCores;
  private Condition withoutCores;
  private boolean inService;
  private boolean coresKnown;
  private int slots;
  private int usedSlots;
  private int freeSlots;
  private int gpus;
  private int usedGpus;
  private Long memoryBytes;
  private Long usedMemoryBytes;

  HostVnodes(String host) {
    this.host = host;
  }

  /**
   * Adds one vnode; all or nothing.
   *
   * @throws IllegalArgumentException when its cores or GPUs cannot be told
   */
  void add(Attributes vnode) {
    Integer cores = own(vnode, AVAILABLE + "ncpus");
    int used = orZero(own(vnode, ASSIGNED + "ncpus"));
    int ownGpus = orZero(own(vnode, AVAILABLE + "ngpus"));
    int ownUsedGpus = orZero(own(vnode, ASSIGNED + "ngpus"));
    Condition condition = NodeWords.condition(vnode.text("state"));
    int ownCores = orZero(cores);
    int allCores = Numbers.checkedCount((long) slots + ownCores, "ncpus");
    int allUsed = Numbers.checkedCount((long) usedSlots + used, "ncpus");
    int allGpus = Numbers.checkedCount((long) gpus + ownGpus, "ngpus");
    int allUsedGpus = Numbers.checkedCount((long) usedGpus + ownUsedGpus, "ngpus");
    coresKnown |= cores != null;
    slots = allCores;
    usedSlots = allUsed;
    freeSlots += condition.takesWork() ? Math.max(0, ownCores - used) : 0;
    gpus = allGpus;
    usedGpus = allUsedGpus;
    memoryBytes = sum(memoryBytes, vnode.bytes(AVAILABLE + "mem"));
    usedMemoryBytes = sum(usedMemoryBytes, vnode.bytes(ASSIGNED + "mem"));
    if (ownCores > 0) {
      withCores = withCores == null ? condition : withCores.and(condition);
      inService |= condition.outOfService() == null;
    } else {
      withoutCores = withoutCores == null ? condition : withoutCores.and(condition);
    }
    keep(states, vnode.text("state"));
    keep(queues, vnode.text("queue"));
    keep(comments, vnode.text("comment"));
  }

  /** The host. */
  Node toNode() {
    return new Node(
        host,
        state(),
        states.isEmpty() ? null : String.join("; ", states),
        coresKnown ? slots : null,
        usedSlots,
        freeSlots,
        gpus,
        usedGpus,
        memoryBytes,
        usedMemoryBytes,
        // pbsnodes of OpenPBS does not show it
        null,
        List.copyOf(queues),
        comments.isEmpty() ? null : String.join("; ", comments));
  }

  private NodeState state() {
    Condition all = withCores != null ? withCores : withoutCores;
    Condition condition = inService ? new Condition(null, all.takesWork()) : all;
    return condition.state(slots, usedSlots, freeSlots);
  }

  /**
   * {@code @n007} instead of a number means the resource is another vnode's, where it is counted.
   */
  private static Integer own(Attributes vnode, String resource) {
    String value = vnode.text(resource);
    return value != null && value.startsWith("@") ? null : vnode.count(resource);
  }

  private static int orZero(Integer value) {
    return value == null ? 0 : value;
  }

  private static Long sum(Long a, Long b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return a + b;
  }

  private static void keep(Set<String> texts, String text) {
    if (text != null) {
      texts.add(text);
    }
  }
}
