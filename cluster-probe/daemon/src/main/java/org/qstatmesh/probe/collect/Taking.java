package org.qstatmesh.probe.collect;

import java.util.List;
import org.qstatmesh.probe.command.CommandOutcome;
import org.qstatmesh.wire.EncodedSnapshot;
import org.qstatmesh.wire.ProbeError;
import org.qstatmesh.wire.Snapshot;
import org.qstatmesh.wire.Summary;

/**
 * What one collection gave.
 *
 * @param drms the scheduler; null when it was not found
 * @param outcomes of each command that was tried, in order
 * @param snapshot the picture without its jobs, nodes and queues; null when all collectors failed
 * @param encoded the whole picture; null when all collectors failed
 * @param jobs how many jobs it shows; null when they could not be collected
 * @param summary what was counted; null when all collectors failed or nobody wanted it counted
 * @param error why there is none; null when there is one
 * @param beganNanos when the collection began, by {@link System#nanoTime()}
 */
public record Taking(
    String drms,
    List<CommandOutcome<?>> outcomes,
    Snapshot snapshot,
    EncodedSnapshot encoded,
    JobCensus jobs,
    Summary summary,
    ProbeError error,
    long beganNanos) {

  /** Copies the list. */
  public Taking {
    outcomes = List.copyOf(outcomes);
  }

  static Taking nothing(
      String drms, List<CommandOutcome<?>> outcomes, ProbeError error, long beganNanos) {
    return new Taking(drms, outcomes, null, null, null, null, error, beganNanos);
  }

  /** Whether every collector succeeded. */
  public boolean complete() {
    return error == null && outcomes.stream().allMatch(CommandOutcome::success);
  }

  /** How old the picture is, by the monotonic clock. */
  public long ageMillis() {
    return (System.nanoTime() - beganNanos) / 1_000_000;
  }
}
