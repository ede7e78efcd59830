package org.qstatmesh.demo.listing;

import org.qstatmesh.demo.simulation.BatchSystem;
import org.qstatmesh.demo.simulation.Scheduler;

/**
 * What the four commands of a probe print.
 *
 * @param server {@code qstat -Bf}
 * @param jobs every job in full
 * @param nodes every node
 * @param queues {@code qstat -Qf}
 */
public record Listings(String server, String jobs, String nodes, String queues) {

  /** Lists a cluster as it is now, in the form of its scheduler. */
  public static Listings of(BatchSystem batch) {
    boolean torque = batch.plan().scheduler() == Scheduler.TORQUE;
    return new Listings(
        ServerListing.server(batch),
        torque ? new TorqueJobListing(batch).text() : new OpenPbsJobListing(batch).text(),
        torque ? TorqueNodeListing.text(batch) : OpenPbsNodeListing.text(batch),
        ServerListing.queues(batch.plan()));
  }
}
