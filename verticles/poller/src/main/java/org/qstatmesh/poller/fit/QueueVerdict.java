package org.qstatmesh.poller.fit;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.qstatmesh.bus.FitAnswer.Fits;
import org.qstatmesh.bus.FitAnswer.QueueFit;
import org.qstatmesh.bus.FitAnswer.Reason;
import org.qstatmesh.bus.FitQuery;
import org.qstatmesh.wire.Queue;
import org.qstatmesh.wire.Visibility;

/** What is wanted, held against one queue's limits and nodes. Not thread-safe. */
final class QueueVerdict {
  private final FitQuery wanted;
  private final Visibility visibility;
  private final NodeTally nodes;
  private final Set<Reason> reasons = EnumSet.noneOf(Reason.class);
  private Certainty now;
  private Certainty ever;

  /**
   * @param visibility whose jobs {@link Load} counts
   * @param nodes those of the queue
   */
  QueueVerdict(FitQuery wanted, Visibility visibility, NodeTally nodes) {
    this.wanted = wanted;
    this.visibility = visibility;
    this.nodes = nodes;
    this.now = nodes.now();
    this.ever = nodes.idle();
    nodes.addReasons(reasons);
  }

  /**
   * What runs and waits in a queue; null when unknown.
   *
   * @param runningSlots cores of its running jobs
   * @param queuedJobs tasks that wait there
   */
  record Load(Integer runningSlots, Integer queuedJobs) {}

  /** The verdict on one queue. */
  QueueFit on(Queue queue, boolean nodesNamed, Load load) {
    judgeLimits(queue);
    judgeState(queue);
    judgeLoad(queue.slotsLimit(), load.runningSlots());
    return result(queue, nodesNamed, load);
  }

  /** The verdict on a cluster that names no queues. */
  QueueFit onAll(Load load) {
    judgeLoad(null, load.runningSlots());
    delay(Certainty.MAYBE, Reason.QUEUE_UNKNOWN);
    return result(null, false, load);
  }

  private void judgeLimits(Queue queue) {
    Long longest = queue.wallclockLimitSeconds();
    if (wanted.walltimeSeconds() != null && longest != null && wanted.walltimeSeconds() > longest) {
      refuse(Reason.WALLTIME_LIMIT);
    }
    if (queue.slotsLimit() != null && wanted.slotsInAll() > queue.slotsLimit()) {
      refuse(Reason.SLOTS_LIMIT);
    }
  }

  private void judgeState(Queue queue) {
    if (isFalse(queue.enabled())) {
      refuse(Reason.QUEUE_DISABLED);
    }
    if (isFalse(queue.started())) {
      delay(Certainty.NO, Reason.QUEUE_STOPPED);
    }
    if (queue.enabled() == null || queue.started() == null) {
      delay(Certainty.MAYBE, Reason.QUEUE_UNKNOWN);
    }
  }

  private void judgeLoad(Integer limit, Integer running) {
    if (visibility != Visibility.ALL) {
      reasons.add(Reason.VISIBILITY);
    }
    if (limit == null || wanted.slotsInAll() > limit) {
      return;
    }
    if (running != null && wanted.slotsInAll() + running > limit) {
      delay(Certainty.NO, Reason.SLOTS_LIMIT_REACHED);
    } else if (running == null || visibility != Visibility.ALL) {
      // Others may run there that nobody shows us.
      delay(Certainty.MAYBE, Reason.VISIBILITY);
    }
  }

  private void refuse(Reason reason) {
    ever = Certainty.NO;
    now = Certainty.NO;
    reasons.add(reason);
  }

  /** Said only where it makes a difference. */
  private void delay(Certainty atMost, Reason reason) {
    if (atMost == Certainty.NO || now == Certainty.YES) {
      reasons.add(reason);
    }
    now = now.and(atMost);
  }

  private Fits fits() {
    if (ever == Certainty.NO) {
      return Fits.NEVER;
    }
    if (now == Certainty.YES) {
      return Fits.NOW;
    }
    return now == Certainty.NO && ever == Certainty.YES ? Fits.LATER : Fits.UNKNOWN;
  }

  private QueueFit result(Queue queue, boolean nodesNamed, Load load) {
    return new QueueFit(
        queue == null ? null : queue.queueName(),
        queue == null ? null : queue.enabled(),
        queue == null ? null : queue.started(),
        queue == null ? null : queue.wallclockLimitSeconds(),
        queue == null ? null : queue.slotsLimit(),
        fits(),
        List.copyOf(reasons),
        nodesNamed,
        nodes.matchingNow(),
        nodes.matching(),
        nodes.matchingUnknown(),
        nodes.matchingOutOfService(),
        nodes.freeSlots(),
        nodes.largestFreeSlots(),
        load.queuedJobs());
  }

  private static boolean isFalse(Boolean flag) {
    return flag != null && !flag;
  }
}
