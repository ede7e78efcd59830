package org.qstatmesh.poller.fit;

import java.util.EnumSet;
import java.util.Set;
import org.qstatmesh.bus.FitAnswer.Reason;
import org.qstatmesh.bus.FitQuery;
import org.qstatmesh.wire.Node;

/**
 * What one node has of what is wanted. Where nodes are wanted it counts as one; where cores are
 * wanted anywhere, as its cores.
 *
 * @param inService whether it runs jobs at all now
 * @param idle whether it has it when nothing runs there
 * @param now whether it has it now
 * @param units what it counts for when nothing runs there
 * @param unitsNow what it counts for now
 * @param freeSlots its free cores that any of its queues may give out; null when not known
 * @param unknown what keeps {@code idle} or {@code now} from being told
 */
record NodeFit(
    boolean inService,
    Certainty idle,
    Certainty now,
    long units,
    long unitsNow,
    Integer freeSlots,
    Set<Reason> unknown) {

  /**
   * Holds a node against what is wanted.
   *
   * @param ofEachQueue whether each queue that the node serves may use all its slots; else they are
   *     the most that it may use
   */
  static NodeFit of(Node node, FitQuery wanted, boolean ofEachQueue) {
    boolean takesWork =
        switch (node.nodeState()) {
          case FREE, PARTIAL -> true;
          case FULL, DOWN, OFFLINE, DRAINING, UNKNOWN -> false;
        };
    boolean inService =
        switch (node.nodeState()) {
          case FREE, PARTIAL, FULL -> true;
          case DOWN, OFFLINE, DRAINING, UNKNOWN -> false;
        };
    Integer free = takesWork ? node.freeSlots() : Integer.valueOf(0);
    Integer freeOfEach = ofEachQueue || isZero(free) ? free : null;
    long slotsWanted = wanted.slots() == null ? wanted.slotsPerNode() : 1;
    Share idle = Share.idle(node, wanted, slots(node, slotsWanted, ofEachQueue));
    Share now = Share.now(node, wanted, known(free, slotsWanted, ofEachQueue));
    Certainty idleFits = idle.fits();
    Certainty nowFits = takesWork ? idleFits.and(now.fits()) : Certainty.NO;
    return new NodeFit(
        inService,
        idleFits,
        nowFits,
        units(node.slots(), wanted),
        units(free == null ? node.slots() : free, wanted),
        freeOfEach,
        unknown(idleFits, idle, nowFits, now));
  }

  private static long units(Integer slots, FitQuery wanted) {
    if (wanted.slots() == null) {
      return 1;
    }
    // A node that does not say how many cores it has may have them all.
    return slots == null ? wanted.slots() : slots;
  }

  private static Certainty slots(Node node, long wanted, boolean ofEachQueue) {
    boolean freeSuffice = node.freeSlots() != null && node.freeSlots() >= wanted;
    Integer slots = node.slots() == null && freeSuffice ? node.freeSlots() : node.slots();
    return known(slots, wanted, ofEachQueue);
  }

  private static Certainty known(Integer slots, long wanted, boolean ofEachQueue) {
    Certainty enough = Certainty.atLeast(slots, wanted);
    return ofEachQueue ? enough : enough.and(Certainty.MAYBE);
  }

  private static Set<Reason> unknown(Certainty idleFits, Share idle, Certainty nowFits, Share now) {
    if (idleFits != Certainty.MAYBE && nowFits != Certainty.MAYBE) {
      return Set.of();
    }
    Set<Reason> unknown = EnumSet.noneOf(Reason.class);
    if (idleFits == Certainty.MAYBE) {
      idle.addUnknown(unknown);
    }
    if (nowFits == Certainty.MAYBE) {
      now.addUnknown(unknown);
    }
    return unknown;
  }

  private static boolean isZero(Integer value) {
    return value != null && value == 0;
  }

  /** Whether there is enough of each thing that is wanted; what is not wanted need not be known. */
  private record Share(Certainty slots, Certainty gpus, Certainty memory) {
    static Share idle(Node node, FitQuery wanted, Certainty slots) {
      return of(wanted, slots, node.gpus(), node.memoryBytes());
    }

    static Share now(Node node, FitQuery wanted, Certainty slots) {
      return of(
          wanted,
          slots,
          node.gpus() == null || node.usedGpus() == null ? null : node.gpus() - node.usedGpus(),
          node.memoryBytes() == null || node.usedMemoryBytes() == null
              ? null
              : node.memoryBytes() - node.usedMemoryBytes());
    }

    private static Share of(FitQuery wanted, Certainty slots, Integer gpus, Long memoryBytes) {
      Long memoryWanted = wanted.memoryBytesPerNode();
      return new Share(
          slots,
          wanted.gpusPerNode() == 0 ? Certainty.YES : Certainty.atLeast(gpus, wanted.gpusPerNode()),
          memoryWanted == null ? Certainty.YES : Certainty.atLeast(memoryBytes, memoryWanted));
    }

    Certainty fits() {
      return slots.and(gpus).and(memory);
    }

    void addUnknown(Set<Reason> unknown) {
      if (slots == Certainty.MAYBE) {
        unknown.add(Reason.SLOTS_UNKNOWN);
      }
      if (gpus == Certainty.MAYBE) {
        unknown.add(Reason.GPUS_UNKNOWN);
      }
      if (memory == Certainty.MAYBE) {
        unknown.add(Reason.MEMORY_UNKNOWN);
      }
    }
  }
}
