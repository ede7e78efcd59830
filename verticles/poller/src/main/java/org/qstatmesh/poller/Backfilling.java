package org.qstatmesh.poller;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.qstatmesh.bus.ClusterConfig;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.bus.SnapshotStored;
import org.qstatmesh.wire.Backfill;
import org.qstatmesh.wire.PastSummary;
import org.qstatmesh.wire.ProbeReply;
import org.qstatmesh.wire.ProbeRequest;
import org.qstatmesh.wire.Summary;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks one cluster's probe for what it counted while this side was away, page by page, the next one
 * when the last is stored. Live samples go before: it begins when one was published, and its
 * questions wait behind the polls. Event loop only.
 */
final class Backfilling {
  private static final Logger LOG = LoggerFactory.getLogger(Backfilling.class);

  /** Summaries asked for at once; a probe may send fewer. */
  private static final int PAGE = 60;

  /** A week at one a minute, and a probe that makes up its own has an end. */
  private static final int MOST_PAGES = 200;

  /** Asked for where neither the store nor this poller knows a sample. */
  private static final Duration UNKNOWN_PAST = Duration.ofHours(24);

  /** After as many polls without a sample there is something to ask for. */
  private static final int INTERVALS = 2;

  private static final Duration STORE_PATIENCE = Duration.ofMinutes(2);
  private static final Duration RETRY = Duration.ofMinutes(1);

  private final Shared shared;
  private final ProbeLink link;
  private final ClusterMeters meters;
  private final Future<Optional<ClusterSummary>> lastStored;
  private ClusterConfig cluster;
  private LabRules labs = LabRules.NONE;
  private Gap gap;
  private UnstoredPage page;
  private long staleAfterMillis;
  private int filledIn;
  private boolean underWay;
  private String begunUntil;
  private boolean refused;
  private boolean stopped;
  private long notBeforeNanos = System.nanoTime();

  /** What every cluster's back-fill needs. */
  record Shared(
      Vertx vertx,
      Clock clock,
      PollerTimings timings,
      WorkerExecutor workers,
      LastStored lastStored,
      Turns turns) {}

  /** Why it ended. */
  private enum End {
    DONE,
    REFUSED,
    ENDLESS
  }

  Backfilling(Shared shared, ClusterConfig cluster, ProbeLink link, ClusterMeters meters) {
    this.shared = shared;
    this.cluster = cluster;
    this.link = link;
    this.meters = meters;
    this.lastStored = shared.lastStored().of(cluster.cluster());
  }

  void renamed(ClusterConfig renamed) {
    cluster = renamed;
  }

  /** Whose lab is what, from the next page on. */
  void labs(LabRules rules) {
    labs = rules;
  }

  void stop() {
    stopped = true;
    if (page != null) {
      page.abandon();
    }
  }

  /** The connection is gone: who answers behind the next one may know more. */
  void contactLost() {
    refused = false;
    notBeforeNanos = System.nanoTime();
  }

  /** A store has it. */
  void stored(SnapshotStored stored) {
    if (page != null) {
      page.stored(stored.snapshotId());
    }
  }

  /**
   * A sample was published.
   *
   * @param before the one before it; null for the first of this poller
   * @param intervalMillis usual time between two
   */
  void sampled(ClusterSummary before, ClusterSummary now, long intervalMillis) {
    staleAfterMillis = now.staleAfterMillis();
    if (before == null) {
      lastStored.onSuccess(stored -> sampledFirst(stored, now, intervalMillis));
    } else {
      open(before.snapshotId(), before.observedAtEpochMillis(), now, intervalMillis);
    }
  }

  /** What the store names may be that first sample itself, when the store was late. */
  private void sampledFirst(
      Optional<ClusterSummary> stored, ClusterSummary now, long intervalMillis) {
    stored
        .filter(last -> last.observedAtEpochMillis() < now.observedAtEpochMillis())
        .ifPresentOrElse(
            last -> open(last.snapshotId(), last.observedAtEpochMillis(), now, intervalMillis),
            () ->
                open(
                    null,
                    now.observedAtEpochMillis() - UNKNOWN_PAST.toMillis(),
                    now,
                    intervalMillis));
  }

  private void open(String afterId, long afterMillis, ClusterSummary now, long intervalMillis) {
    if (now.observedAtEpochMillis() - afterMillis > INTERVALS * intervalMillis) {
      Gap found = new Gap(afterId, afterMillis, now.snapshotId(), now.observedAtEpochMillis());
      gap = gap == null ? found : gap.upTo(found);
    }
    begin();
  }

  private void begin() {
    if (gap == null || underWay || refused || System.nanoTime() - notBeforeNanos < 0) {
      return;
    }
    underWay = true;
    begunUntil = gap.untilId();
    shared
        .turns()
        .take()
        .compose(turn -> page(0).eventually(() -> Future.succeededFuture(giveBack())))
        .onComplete(this::ended, this::failed);
  }

  private Void giveBack() {
    shared.turns().giveBack();
    return null;
  }

  private Future<End> page(int number) {
    if (stopped) {
      return Future.failedFuture("stopped");
    }
    if (number == MOST_PAGES) {
      return Future.succeededFuture(End.ENDLESS);
    }
    Gap asked = gap;
    return link.askLast(id -> request(id, asked))
        .compose(
            answer ->
                answer.reply() instanceof ProbeReply.OfBackfill of
                    ? taken(of.backfill(), asked, answer.arrivedAtEpochMillis(), number)
                    : Future.succeededFuture(End.REFUSED));
  }

  private ProbeRequest request(String id, Gap asked) {
    long age = Math.max(0, shared.clock().millis() - asked.afterEpochMillis());
    return ProbeRequest.backfill(id, asked.afterId(), age, PAGE);
  }

  private Future<End> taken(Backfill backfill, Gap asked, long arrivedAtEpochMillis, int number) {
    List<PastSummary> usable = backfill.summaries().stream().filter(Backfilling::isUsable).toList();
    if (usable.isEmpty()) {
      return Future.succeededFuture(End.DONE);
    }
    ClusterConfig now = cluster;
    long stale = staleAfterMillis;
    LabRules rules = labs;
    return shared
        .workers()
        .executeBlocking(
            () ->
                usable.stream()
                    .map(past -> Summaries.ofPast(now, past, stale, arrivedAtEpochMillis))
                    .map(summary -> LabUse.ofSums(summary, rules))
                    .filter(asked::holds)
                    .toList(),
            false)
        .compose(this::publish)
        .compose(
            stored -> {
              PastSummary last = usable.get(usable.size() - 1);
              gap = gap.after(last.snapshotId(), arrivedAtEpochMillis - last.ageMillis());
              return backfill.more() && gap.afterEpochMillis() < gap.untilEpochMillis()
                  ? page(number + 1)
                  : Future.succeededFuture(End.DONE);
            });
  }

  private static boolean isUsable(PastSummary past) {
    return past.ageMillis() != null && past.snapshotId().length() <= Summary.MAX_KEY_LENGTH;
  }

  private Future<Void> publish(List<ClusterSummary> summaries) {
    if (stopped) {
      return Future.failedFuture("stopped");
    }
    meters.backfilled(summaries.size());
    filledIn += summaries.size();
    page = new UnstoredPage(shared.vertx(), summaries, shared.timings().resend(), STORE_PATIENCE);
    return page.allStored();
  }

  private void ended(End end) {
    underWay = false;
    page = null;
    // contact may have been lost and found again meanwhile
    boolean grown = end == End.DONE && !gap.untilId().equals(begunUntil);
    gap = grown ? gap : null;
    refused = end == End.REFUSED;
    meters.backfillEnded(end.name());
    if (filledIn > 0) {
      LOG.info("{}: {} samples of the past were filled in", cluster.cluster(), filledIn);
    }
    filledIn = 0;
  }

  /** The gap stays open, and what is left of it is asked for later. */
  private void failed(Throwable cause) {
    underWay = false;
    page = null;
    if (!stopped) {
      meters.backfillEnded("FAILED");
      notBeforeNanos = System.nanoTime() + RETRY.toNanos();
      LOG.debug("{}: what was missed is asked for later", cluster.cluster(), cause);
    }
  }
}
