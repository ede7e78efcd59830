package org.qstatmesh.demo;

import java.util.List;
import org.qstatmesh.demo.simulation.BatchSystem;

/** Simulated clusters with some past, for tests. */
final class Played {
  /** Sunday, 22 November 2026, 06:53 UTC. */
  static final long NOW = 1_795_330_395L;

  private static final long DAY = 86_400;

  private Played() {}

  static BatchSystem cluster(DemoPlan plan, long days, long seed) {
    BatchSystem batch = new BatchSystem(plan.cluster(), seed, NOW - days * DAY, NOW - 600);
    batch.advanceTo(NOW);
    return batch;
  }

  static List<DemoPlan> plans() {
    return DemoPlan.all();
  }

  static DemoPlan plan(String id) {
    return plans().stream().filter(p -> p.cluster().id().equals(id)).findFirst().orElseThrow();
  }
}
