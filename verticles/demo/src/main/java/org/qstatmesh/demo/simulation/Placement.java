package org.qstatmesh.demo.simulation;

import java.util.BitSet;

/** Cores and GPUs of one node that one task holds, by number. */
public final class Placement {
  private final Task task;
  private final SimNode node;
  private final BitSet cores;
  private final BitSet gpus;

  Placement(Task task, SimNode node, BitSet cores, BitSet gpus) {
    this.task = task;
    this.node = node;
    this.cores = cores;
    this.gpus = gpus;
  }

  /** Who holds them. */
  public Task task() {
    return task;
  }

  /** Where they are. */
  public SimNode node() {
    return node;
  }

  /** Numbers of the cores, from 0; not to be changed. */
  public BitSet cores() {
    return cores;
  }

  /** Numbers of the GPUs, from 0; not to be changed. */
  public BitSet gpus() {
    return gpus;
  }
}
