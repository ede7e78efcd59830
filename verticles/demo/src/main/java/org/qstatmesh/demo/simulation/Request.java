package org.qstatmesh.demo.simulation;

/**
 * What a task asks for.
 *
 * @param nodes how many
 * @param coresPerNode on each of them
 * @param gpusPerNode on each of them
 */
public record Request(int nodes, int coresPerNode, int gpusPerNode) {
  private static final int GIB_PER_CORE = 2;

  /** Cores in all. */
  public int cores() {
    return nodes * coresPerNode;
  }

  /** GPUs in all. */
  public int gpus() {
    return nodes * gpusPerNode;
  }

  /** Memory on each node, in GiB. */
  public int memoryGibPerNode() {
    return coresPerNode * GIB_PER_CORE;
  }
}
