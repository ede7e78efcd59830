package org.qstatmesh.poller;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.qstatmesh.bus.ClusterChanges;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.bus.SnapshotStored;
import org.qstatmesh.bus.SnapshotTaken;

/**
 * Summaries that were published and that no store has named yet. Event loop only.
 *
 * <p>Bounds: {@link #MAX_SUMMARIES}, the oldest goes first, an age, and {@link #MAX_CHANGES},
 * beyond which the oldest summaries lose what changed before them. All are counted.
 */
final class Unstored {
  /** 15 minutes of 66 clusters at 30 s; some 20 MB where a cluster has a hundred users. */
  static final int MAX_SUMMARIES = 2_000;

  /** Jobs that came, started or ended, in all summaries together; some 15 MB. */
  static final int MAX_CHANGES = 50_000;

  /** Most summaries published again at once, so that a store that is back is not run over. */
  static final int MAX_RESENDS_AT_ONCE = 200;

  private final Map<SnapshotStored, Waiting> waiting = new LinkedHashMap<>();
  private final LongSupplier nanoTime;
  private final long resendNanos;
  private final long keepNanos;
  private final Counter resends;
  private final Counter tooOld;
  private final Counter tooMany;
  private final Counter changesLost;
  private int changes;

  Unstored(
      PollerTimings timings, LongSupplier nanoTime, MeterRegistry registry, StageGauges gauges) {
    this.nanoTime = nanoTime;
    this.resendNanos = timings.resend().toNanos();
    this.keepNanos = timings.keepUnstored().toNanos();
    this.resends =
        Counter.builder("qstatmesh.poller.summaries.resent")
            .description("summaries published again because no store has named them")
            .register(registry);
    this.tooOld = dropped(registry, "AGE");
    this.tooMany = dropped(registry, "BOUND");
    this.changesLost =
        Counter.builder("qstatmesh.poller.changes.dropped")
            .description("changes of jobs and nodes given up because too many wait for a store")
            .register(registry);
    gauges.show(
        "qstatmesh.poller.summaries.unstored",
        "summaries that no store has named yet",
        waiting,
        Map::size);
  }

  /** A summary is published for the first time. */
  void published(SnapshotTaken taken) {
    ClusterSummary summary = taken.summary();
    SnapshotStored name = new SnapshotStored(summary.cluster(), summary.snapshotId());
    if (waiting.putIfAbsent(name, new Waiting(taken, nanoTime.getAsLong())) == null) {
      changes += weight(taken);
    }
    if (waiting.size() > MAX_SUMMARIES) {
      Iterator<Waiting> oldest = waiting.values().iterator();
      changes -= weight(oldest.next().taken);
      oldest.remove();
      tooMany.increment();
    }
    if (changes > MAX_CHANGES) {
      dropOldestChanges();
    }
  }

  /** The summaries stay, and say how many they lost. */
  private void dropOldestChanges() {
    for (Waiting each : waiting.values()) {
      int lost = weight(each.taken);
      if (lost > 0) {
        each.taken = withoutChanges(each.taken, each.taken.changes().omitted() + lost);
        changes -= lost;
        changesLost.increment(lost);
      }
      if (changes <= MAX_CHANGES) {
        return;
      }
    }
  }

  private static SnapshotTaken withoutChanges(SnapshotTaken taken, int omitted) {
    return new SnapshotTaken(
        taken.summary(),
        taken.backfilled(),
        taken.keptParts(),
        new ClusterChanges(List.of(), List.of(), omitted));
  }

  private static int weight(SnapshotTaken taken) {
    return taken.changes().jobs().size() + taken.changes().nodes().size();
  }

  /** A store has it. */
  void stored(SnapshotStored stored) {
    Waiting done = waiting.remove(stored);
    if (done != null) {
      changes -= weight(done.taken);
    }
  }

  int size() {
    return waiting.size();
  }

  /** Hands out what has waited long enough to be published again, oldest first. */
  void resendDue(Consumer<SnapshotTaken> publish) {
    long now = nanoTime.getAsLong();
    int resent = 0;
    for (Iterator<Waiting> each = waiting.values().iterator(); each.hasNext(); ) {
      Waiting next = each.next();
      if (now - next.firstNanos > keepNanos) {
        each.remove();
        changes -= weight(next.taken);
        tooOld.increment();
      } else if (now - next.lastNanos >= resendNanos && resent < MAX_RESENDS_AT_ONCE) {
        next.lastNanos = now;
        resent++;
        resends.increment();
        publish.accept(next.taken);
      }
    }
  }

  private static Counter dropped(MeterRegistry registry, String reason) {
    return Counter.builder("qstatmesh.poller.summaries.dropped")
        .description("summaries given up before any store named them")
        .tag("reason", reason)
        .register(registry);
  }

  private static final class Waiting {
    private final long firstNanos;
    private SnapshotTaken taken;
    private long lastNanos;

    Waiting(SnapshotTaken taken, long nowNanos) {
      this.taken = taken;
      this.firstNanos = nowNanos;
      this.lastNanos = nowNanos;
    }
  }
}
