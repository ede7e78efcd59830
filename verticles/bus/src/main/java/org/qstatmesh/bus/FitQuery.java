package org.qstatmesh.bus;

/**
 * Asks where in a cluster a job of this shape fits: either so many nodes, each with cores, GPUs and
 * memory, or ({@code slots}) so many cores wherever they are.
 *
 * @param nodes different nodes wanted; 1 with {@code slots}
 * @param slotsPerNode cores wanted on each; null with {@code slots}
 * @param slots cores wanted in all, on any nodes; null when they are wanted node by node
 * @param gpusPerNode GPUs wanted on each node; 0 with {@code slots}
 * @param memoryBytesPerNode memory wanted on each node; null for any, and with {@code slots}
 * @param walltimeSeconds how long it is to run; null for any
 */
public record FitQuery(
    int nodes,
    Integer slotsPerNode,
    Integer slots,
    int gpusPerNode,
    Long memoryBytesPerNode,
    Long walltimeSeconds)
    implements MeshMessage {
  private static final int MOST_NODES = 1_000_000;
  private static final int MOST_SLOTS = 100_000_000;
  private static final int MOST_GPUS = 1_000;
  private static final String NOT_WITH_SLOTS = "not together with slots";

  /** Throws {@link QueryFailure} 400 that names the field when a value cannot be served. */
  public FitQuery checked() {
    if (slots == null) {
      checkNodes();
    } else {
      checkAnywhere();
    }
    if (walltimeSeconds != null && walltimeSeconds < 1) {
      throw QueryFailure.badField("walltimeSeconds", "must be positive");
    }
    return this;
  }

  /** Cores of the whole job. */
  public long slotsInAll() {
    return slots == null ? (long) nodes * slotsPerNode : slots;
  }

  private void checkNodes() {
    within("nodes", nodes, 1, MOST_NODES);
    if (slotsPerNode == null) {
      throw QueryFailure.badField("slotsPerNode", "is missing, as is slots");
    }
    within("slotsPerNode", slotsPerNode, 1, MOST_SLOTS);
    within("gpusPerNode", gpusPerNode, 0, MOST_GPUS);
    if (memoryBytesPerNode != null && memoryBytesPerNode < 1) {
      throw QueryFailure.badField("memoryBytesPerNode", "must be positive");
    }
  }

  private void checkAnywhere() {
    within("slots", slots, 1, MOST_SLOTS);
    refuse("nodes", nodes != 1);
    refuse("slotsPerNode", slotsPerNode != null);
    refuse("gpusPerNode", gpusPerNode != 0);
    refuse("memoryBytesPerNode", memoryBytesPerNode != null);
  }

  private static void within(String field, int value, int least, int most) {
    if (value < least || value > most) {
      throw QueryFailure.badField(field, "between " + least + " and " + most);
    }
  }

  private static void refuse(String field, boolean given) {
    if (given) {
      throw QueryFailure.badField(field, NOT_WITH_SLOTS);
    }
  }
}
