package org.qstatmesh.demo.simulation;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import org.qstatmesh.wire.NodeState;

/** A host with its cores and who holds them. */
public final class SimNode {
  private final String name;
  private final NodeKind kind;
  private final BitSet usedCores = new BitSet();
  private final BitSet usedGpus = new BitSet();
  private final List<Placement> placements = new ArrayList<>();
  private int usedCoreCount;
  private int usedGpuCount;
  private NodeState outOfService;
  private String note;

  SimNode(String name, NodeKind kind) {
    this.name = name;
    this.kind = kind;
  }

  /** Its name. */
  public String name() {
    return name;
  }

  /** What it is. */
  public NodeKind kind() {
    return kind;
  }

  /** Who holds what on it. */
  public List<Placement> placements() {
    return Collections.unmodifiableList(placements);
  }

  /** The administrator's note; null for none. */
  public String note() {
    return note;
  }

  /** Cores held by tasks. */
  public int usedCores() {
    return usedCoreCount;
  }

  /** GPUs held by tasks. */
  public int usedGpus() {
    return usedGpuCount;
  }

  /** Cores that can take work now. */
  public int freeCores() {
    return outOfService == null ? kind.cores() - usedCoreCount : 0;
  }

  /** State as a snapshot tells it. */
  public NodeState state() {
    if (outOfService != null) {
      return outOfService;
    }
    if (usedCoreCount == kind.cores()) {
      return NodeState.FULL;
    }
    return usedCoreCount == 0 ? NodeState.FREE : NodeState.PARTIAL;
  }

  boolean fits(int cores, int gpus) {
    return outOfService == null
        && kind.gpus() > 0 == gpus > 0
        && kind.cores() - usedCoreCount >= cores
        && kind.gpus() - usedGpuCount >= gpus;
  }

  Placement give(Task task, int cores, int gpus) {
    Placement placement = new Placement(task, this, take(usedCores, cores), take(usedGpus, gpus));
    placements.add(placement);
    usedCoreCount += cores;
    usedGpuCount += gpus;
    return placement;
  }

  private static BitSet take(BitSet used, int count) {
    BitSet taken = new BitSet();
    int next = used.nextClearBit(0);
    for (int i = 0; i < count; i++) {
      taken.set(next);
      next = used.nextClearBit(next + 1);
    }
    used.or(taken);
    return taken;
  }

  void takeBack(Placement placement) {
    placements.remove(placement);
    usedCores.andNot(placement.cores());
    usedGpus.andNot(placement.gpus());
    usedCoreCount -= placement.cores().cardinality();
    usedGpuCount -= placement.gpus().cardinality();
  }

  /** Out of service until {@link #returnToService}; what runs on it is the caller's care. */
  void takeOutOfService(NodeState state, String why) {
    outOfService = state;
    note = why;
  }

  void returnToService() {
    outOfService = null;
    note = null;
  }
}
