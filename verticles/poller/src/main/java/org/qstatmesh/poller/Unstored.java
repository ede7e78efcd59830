package org.qstatmesh.poller;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.bus.SnapshotStored;

/**
 * Summaries that were published and that no store has named yet. Event loop only.
 *
 * <p>Bounds: {@link #MAX_SUMMARIES}, the oldest goes first, and an age. Both are counted.
 */
final class Unstored {
  /** 15 minutes of 66 clusters at 30 s; some 20 MB where a cluster has a hundred users. */
  static final int MAX_SUMMARIES = 2_000;

  /** Most summaries published again at once, so that a store that is back is not run over. */
  static final int MAX_RESENDS_AT_ONCE = 200;

  private final Map<SnapshotStored, Waiting> waiting = new LinkedHashMap<>();
  private final LongSupplier nanoTime;
  private final long resendNanos;
  private final long keepNanos;
  private final Counter resends;
  private final Counter tooOld;
  private final Counter tooMany;

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
    gauges.show(
        "qstatmesh.poller.summaries.unstored",
        "summaries that no store has named yet",
        waiting,
        Map::size);
  }

  /** A summary is published for the first time. */
  void published(ClusterSummary summary) {
    long now = nanoTime.getAsLong();
    waiting.putIfAbsent(
        new SnapshotStored(summary.cluster(), summary.snapshotId()), new Waiting(summary, now));
    if (waiting.size() > MAX_SUMMARIES) {
      Iterator<Waiting> oldest = waiting.values().iterator();
      oldest.next();
      oldest.remove();
      tooMany.increment();
    }
  }

  /** A store has it. */
  void stored(SnapshotStored stored) {
    waiting.remove(stored);
  }

  int size() {
    return waiting.size();
  }

  /** Hands out what has waited long enough to be published again, oldest first. */
  void resendDue(Consumer<ClusterSummary> publish) {
    long now = nanoTime.getAsLong();
    int resent = 0;
    for (Iterator<Waiting> each = waiting.values().iterator(); each.hasNext(); ) {
      Waiting next = each.next();
      if (now - next.firstNanos > keepNanos) {
        each.remove();
        tooOld.increment();
      } else if (now - next.lastNanos >= resendNanos && resent < MAX_RESENDS_AT_ONCE) {
        next.lastNanos = now;
        resent++;
        resends.increment();
        publish.accept(next.summary);
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
    private final ClusterSummary summary;
    private final long firstNanos;
    private long lastNanos;

    Waiting(ClusterSummary summary, long nowNanos) {
      this.summary = summary;
      this.firstNanos = nowNanos;
      this.lastNanos = nowNanos;
    }
  }
}
