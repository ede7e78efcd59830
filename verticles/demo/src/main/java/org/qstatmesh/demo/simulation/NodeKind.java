package org.qstatmesh.demo.simulation;

/**
 * Equal nodes of a cluster.
 *
 * @param prefix beginning of their names; a number follows
 * @param count how many there are
 * @param cores of each
 * @param gpus of each; jobs without GPUs do not run on nodes that have some
 */
public record NodeKind(String prefix, int count, int cores, int gpus) {
  private static final int GIB_PER_CORE = 4;

  /** Memory of each, in GiB. */
  public int memoryGib() {
    return cores * GIB_PER_CORE;
  }
}
