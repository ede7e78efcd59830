package org.qstatmesh.demo;

import java.time.Duration;
import java.util.List;
import org.qstatmesh.demo.simulation.ClusterPlan;
import org.qstatmesh.demo.simulation.NodeKind;
import org.qstatmesh.demo.simulation.Scheduler;

/**
 * One cluster of the demonstration.
 *
 * @param cluster what it is like
 * @param pollInterval how often the mesh asks its probe
 * @param throughSsh whether the mesh goes through the login server, or straight to the probe
 * @param probeOutage when its probe is gone
 * @param schedulerOutage when its scheduler does not answer
 */
record DemoPlan(
    ClusterPlan cluster,
    Duration pollInterval,
    boolean throughSsh,
    Outages probeOutage,
    Outages schedulerOutage) {

  /** A probe answers within five seconds, if only with its last picture. */
  static final Duration POLL_DEADLINE = Duration.ofSeconds(8);

  /** When the mesh calls its row stale: three intervals and the deadline. */
  Duration staleAfter() {
    return pollInterval.multipliedBy(3).plus(POLL_DEADLINE);
  }

  /** All of them, in the order of the page. */
  static List<DemoPlan> all() {
    return List.of(granite(), heron(), kestrel(), juniper(), larch(), tern(), birch());
  }

  private static DemoPlan granite() {
    List<NodeKind> nodes = List.of(new NodeKind("gr", 400, 32, 0));
    return healthy(
        new ClusterPlan(
            "granite", "Granite", Scheduler.OPENPBS, "granite-pbs", nodes, 0.84, 60, null, 0),
        4);
  }

  private static DemoPlan heron() {
    List<NodeKind> nodes = List.of(new NodeKind("h", 40, 24, 0), new NodeKind("hgpu", 8, 64, 4));
    String server = "heron-adm.heron.example";
    return healthy(
        new ClusterPlan("heron", "Heron", Scheduler.TORQUE, server, nodes, 0.85, 50, null, 20), 3);
  }

  private static DemoPlan kestrel() {
    List<NodeKind> nodes = List.of(new NodeKind("k", 64, 64, 0));
    String title = "Kestrel (its probe dies)";
    return new DemoPlan(
        new ClusterPlan("kestrel", title, Scheduler.OPENPBS, "kestrel1", nodes, 0.8, 40, null, 0),
        Duration.ofSeconds(3),
        true,
        new Outages(Duration.ofSeconds(100), Duration.ofSeconds(75), Duration.ofMinutes(4)),
        Outages.NEVER);
  }

  private static DemoPlan juniper() {
    List<NodeKind> nodes = List.of(new NodeKind("j", 20, 48, 0), new NodeKind("jgpu", 4, 64, 4));
    String title = "Juniper (its scheduler hangs)";
    return new DemoPlan(
        new ClusterPlan(
            "juniper", title, Scheduler.OPENPBS, "juniper-srv", nodes, 0.8, 30, null, 0),
        Duration.ofSeconds(3),
        true,
        Outages.NEVER,
        new Outages(Duration.ofSeconds(210), Duration.ofSeconds(60), Duration.ofMinutes(7)));
  }

  private static DemoPlan larch() {
    List<NodeKind> nodes = List.of(new NodeKind("lx", 12, 32, 0), new NodeKind("fat", 4, 128, 0));
    return healthy(
        new ClusterPlan(
            "larch", "Larch", Scheduler.TORQUE, "larch.phys.example", nodes, 0.8, 40, null, 0),
        3);
  }

  /** Its scheduler keeps jobs private: only one user's are seen, the other cores have no name. */
  private static DemoPlan tern() {
    List<NodeKind> nodes = List.of(new NodeKind("t", 10, 28, 0));
    String title = "Tern (shows us our own jobs only)";
    return healthy(
        new ClusterPlan("tern", title, Scheduler.OPENPBS, "tern0", nodes, 0.8, 30, "kmeier", 0), 3);
  }

  /** Reached without ssh. */
  private static DemoPlan birch() {
    List<NodeKind> nodes = List.of(new NodeKind("b", 6, 16, 0));
    return new DemoPlan(
        new ClusterPlan(
            "birch", "Birch", Scheduler.TORQUE, "birch.lab.example", nodes, 0.75, 24, null, 0),
        Duration.ofSeconds(2),
        false,
        Outages.NEVER,
        Outages.NEVER);
  }

  private static DemoPlan healthy(ClusterPlan cluster, long pollSeconds) {
    return new DemoPlan(
        cluster, Duration.ofSeconds(pollSeconds), true, Outages.NEVER, Outages.NEVER);
  }
}
