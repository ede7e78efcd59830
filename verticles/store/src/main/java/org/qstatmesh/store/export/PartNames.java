package org.qstatmesh.store.export;

import java.util.List;
import java.util.Locale;
import org.qstatmesh.store.chunk.Part;

/** What parts and their measures are called in a table: as in a summary. */
final class PartNames {
  private static final List<String> USE =
      List.of(
          "runningJobs", "runningSlots", "runningGpus", "queuedJobs", "queuedSlots", "heldJobs");

  private PartNames() {}

  /** Whether lines of the part have a key, and a key without a line stands for 0. */
  static boolean hasKeys(Part part) {
    return part == Part.LAB || part.code() <= Part.REASON.code();
  }

  static String dimension(Part part) {
    return part.name().toLowerCase(Locale.ROOT);
  }

  /** In the order of their numbers. */
  static List<String> measures(Part part) {
    return switch (part) {
      case USER, GROUP, ACCOUNT, QUEUE, LAB -> USE;
      case REASON -> List.of("jobs", "slots");
      case SLOTS -> List.of("total", "used", "free", "unavailable", "largestFreeOnOneNode");
      case JOBS -> List.of("running", "queued", "held", "suspended", "undetermined");
      case NODES ->
          List.of("total", "free", "partial", "full", "draining", "offline", "down", "unknown");
      case GPUS -> List.of("total", "used");
      case HEAD -> throw new IllegalArgumentException("what a row holds besides is no measure");
    };
  }
}
