package org.qstatmesh.poller;

import io.vertx.core.Future;
import java.util.Optional;
import java.util.Set;
import org.qstatmesh.bus.ClusterChanges;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.bus.SnapshotStored;
import org.qstatmesh.bus.SnapshotTaken;

/**
 * Follows what changes on one cluster from sample to sample, so that each change is published with
 * one sample, and with that one however often it is published. Event loop only, but for the
 * comparison itself.
 */
final class ChangeWatch {
  private final Future<Optional<ClusterSummary>> lastStored;
  private Set<String> requeued = Set.of();
  private ClusterChanges carried = ClusterChanges.NONE;
  private SnapshotTaken taken;
  private boolean reachingBack;
  private boolean reachedBack;

  /** {@code lastStored} is the last sample of an earlier poller. */
  ChangeWatch(Future<Optional<ClusterSummary>> lastStored) {
    this.lastStored = lastStored;
  }

  /** Compares pictures, on a worker. */
  interface Comparison {
    /** What changed from {@code before}, null for the first picture, to {@code after}. */
    Changed changed(Picture before, Picture after);
  }

  /** The comparison that the next poll needs. */
  Comparison next() {
    Set<String> before = requeued;
    reachingBack = !reachedBack && lastStored.succeeded();
    Optional<ClusterSummary> stored = reachingBack ? lastStored.result() : Optional.empty();
    return (earlier, later) -> {
      Changed changed = Changed.between(earlier, later, before);
      ClusterChanges sinceStored = Changed.sinceStored(stored, earlier == null ? later : earlier);
      return new Changed(Changed.together(sinceStored, changed.changes()), changed.requeued());
    };
  }

  /** A poll brought another sample. */
  SnapshotTaken taken(ClusterSummary summary, Picture picture, Changed changed) {
    // A store that is asked when the second sample is there would name the first.
    reachedBack |= reachingBack || taken != null;
    requeued = changed.requeued();
    taken =
        new SnapshotTaken(
            summary, false, picture.keptParts(), Changed.together(carried, changed.changes()));
    carried = ClusterChanges.NONE;
    return taken;
  }

  /**
   * A poll brought the sample that was there. What it shows beyond it, from a probe that names two
   * collections alike, waits for the next one.
   *
   * @param changed null when nothing was compared
   */
  SnapshotTaken takenAgain(ClusterSummary summary, Changed changed) {
    if (changed != null) {
      reachedBack |= reachingBack;
      requeued = changed.requeued();
      carried = Changed.together(carried, changed.changes());
    }
    taken = new SnapshotTaken(summary, false, taken.keptParts(), taken.changes());
    return taken;
  }

  /** A store has it: it need not be told again what changed. */
  void stored(SnapshotStored stored) {
    if (taken != null && taken.summary().snapshotId().equals(stored.snapshotId())) {
      taken = new SnapshotTaken(taken.summary(), false, taken.keptParts(), ClusterChanges.NONE);
    }
  }
}
