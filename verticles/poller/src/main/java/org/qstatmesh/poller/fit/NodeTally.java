package org.qstatmesh.poller.fit;

import java.util.EnumSet;
import java.util.Set;
import org.qstatmesh.bus.FitAnswer.Reason;
import org.qstatmesh.bus.FitQuery;

/** The nodes of one queue, added up. Not thread-safe. */
final class NodeTally {
  private final boolean anywhere;
  private final long unitsWanted;
  private final Set<Reason> unknown = EnumSet.noneOf(Reason.class);
  private int nodes;
  private int matching;
  private int matchingNow;
  private int matchingUnknown;
  private int matchingOutOfService;
  private long units;
  private long unitsUnknown;
  private long unitsOutOfService;
  private long unitsNow;
  private long unitsNowUnknown;
  private long freeSlots;
  private int largestFreeSlots;
  private boolean freeKnown = true;

  NodeTally(FitQuery wanted) {
    anywhere = wanted.slots() != null;
    unitsWanted = anywhere ? wanted.slots() : wanted.nodes();
  }

  void add(NodeFit node) {
    nodes++;
    if (node.inService()) {
      addInService(node);
    } else if (node.idle() != Certainty.NO) {
      matchingOutOfService++;
      unitsOutOfService += node.units();
    }
  }

  private void addInService(NodeFit node) {
    Integer free = node.freeSlots();
    freeKnown &= free != null;
    freeSlots += free == null ? 0 : free;
    largestFreeSlots = Math.max(largestFreeSlots, free == null ? 0 : free);
    if (node.idle() == Certainty.MAYBE || node.now() == Certainty.MAYBE) {
      matchingUnknown++;
      unknown.addAll(node.unknown());
    }
    switch (node.idle()) {
      case YES -> {
        matching++;
        units += node.units();
      }
      case MAYBE -> unitsUnknown += node.units();
      case NO -> {}
    }
    switch (node.now()) {
      case YES -> {
        matchingNow++;
        unitsNow += node.unitsNow();
      }
      case MAYBE -> unitsNowUnknown += node.unitsNow();
      case NO -> {}
    }
  }

  /** Whether there is enough now. */
  Certainty now() {
    return enough(unitsNow, unitsNowUnknown);
  }

  /** Whether there is enough when nothing runs; nodes out of service may come back. */
  Certainty idle() {
    return enough(units, unitsUnknown + unitsOutOfService);
  }

  private Certainty enough(long sure, long unsure) {
    if (sure >= unitsWanted) {
      return Certainty.YES;
    }
    return sure + unsure >= unitsWanted ? Certainty.MAYBE : Certainty.NO;
  }

  /** What keeps it from being enough now, or from being told. */
  void addReasons(Set<Reason> reasons) {
    Certainty now = now();
    Certainty idle = idle();
    if (idle == Certainty.NO) {
      reasons.add(tooLittle());
      return;
    }
    if (now == Certainty.NO) {
      reasons.add(Reason.NOT_ENOUGH_FREE);
    }
    if (now == Certainty.MAYBE) {
      reasons.addAll(unknown);
    }
    if (idle == Certainty.MAYBE) {
      if (unitsUnknown > 0) {
        reasons.addAll(unknown);
      }
      if (units + unitsUnknown < unitsWanted) {
        reasons.add(Reason.NODES_OUT_OF_SERVICE);
      }
    }
  }

  private Reason tooLittle() {
    if (nodes == 0) {
      return Reason.NO_NODES;
    }
    if (anywhere) {
      return Reason.TOO_FEW_SLOTS;
    }
    boolean none = units + unitsUnknown + unitsOutOfService == 0;
    return none ? Reason.NO_NODE_LARGE_ENOUGH : Reason.TOO_FEW_NODES;
  }

  int matching() {
    return matching;
  }

  int matchingNow() {
    return matchingNow;
  }

  int matchingUnknown() {
    return matchingUnknown;
  }

  int matchingOutOfService() {
    return matchingOutOfService;
  }

  Long freeSlots() {
    return freeKnown ? freeSlots : null;
  }

  Integer largestFreeSlots() {
    return freeKnown ? largestFreeSlots : null;
  }
}
