package org.qstatmesh.demo.simulation;

/** Why a job was not started, as the schedulers word it. */
final class Comments {
  static final String USER_LIMIT = "Not Running: User has reached server running job limit.";

  private Comments() {}

  static String noRoom(Scheduler scheduler, Request request) {
    if (scheduler == Scheduler.TORQUE) {
      return "Not Running: Not enough of the right type of nodes are available";
    }
    if (request.gpusPerNode() > 0) {
      return "Not Running: Insufficient amount of resource: ngpus";
    }
    return request.nodes() > 1
        ? "Not Running: Not enough free nodes available"
        : "Not Running: Insufficient amount of resource: ncpus";
  }
}
