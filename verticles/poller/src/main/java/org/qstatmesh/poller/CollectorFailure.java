package org.qstatmesh.poller;

import java.util.Comparator;
import java.util.List;
import org.qstatmesh.bus.FailureCode;
import org.qstatmesh.wire.CollectorReport;
import org.qstatmesh.wire.Snapshot;

/**
 * The collector that a row names when a snapshot is not whole.
 *
 * @param code what kind of failure
 * @param detail which collector, and what the probe says of it
 */
record CollectorFailure(FailureCode code, String detail) {
  /** What a reader misses most comes first. */
  private static final List<String> BY_WEIGHT = List.of("server", "queues", "nodes", "jobs");

  /** The weightiest failure of a snapshot; null when every collector worked. */
  static CollectorFailure of(Snapshot snapshot) {
    return snapshot.collectors().stream()
        .filter(report -> !report.success())
        .max(Comparator.comparingInt(report -> BY_WEIGHT.indexOf(report.collector())))
        .map(CollectorFailure::of)
        .orElse(null);
  }

  private static CollectorFailure of(CollectorReport report) {
    return report.error() == null
        ? new CollectorFailure(
            FailureCode.DRMS_COMMAND_FAILED, report.collector() + ": the probe does not say why")
        : new CollectorFailure(
            FailureCode.ofProbe(report.error().code()),
            report.collector() + ": " + report.error().message());
  }
}
