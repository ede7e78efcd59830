package org.qstatmesh.broadcast;

import java.time.Duration;
import java.util.Optional;
import org.qstatmesh.bus.ClusterConfig;
import org.qstatmesh.bus.ClusterStatus;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.bus.Failure;
import org.qstatmesh.bus.FailureCode;
import org.qstatmesh.bus.PollFailed;

/** One cluster's row: the last picture, what failed since, and the clock. Pure; one thread. */
final class ClusterRow {
  private static final int FAILURES_OF_DOWN = 2;

  /** Longer than it takes from one poller's silence to another one's first poll. */
  static final Duration NOBODY_POLLS = Duration.ofSeconds(12);

  private ClusterConfig config;
  private ClusterSummary picture;
  private long pictureAtEpochMillis;
  private PollFailed failed;
  private Long unpolledSinceEpochMillis;
  private ClusterSummary shown;
  private Outage lastOutage;

  /**
   * When a cluster did not answer, by the server's clock.
   *
   * @param fromEpochMillis the first poll that failed
   * @param toEpochMillis the first picture after it
   */
  record Outage(long fromEpochMillis, long toEpochMillis) {}

  ClusterRow(ClusterConfig config) {
    this.config = config;
  }

  ClusterConfig config() {
    return config;
  }

  void configure(ClusterConfig newConfig) {
    config = newConfig;
  }

  /** Whether a poller that is heard says that it polls this cluster. */
  void polled(boolean byAnybody, long nowEpochMillis) {
    if (byAnybody) {
      unpolledSinceEpochMillis = null;
    } else if (unpolledSinceEpochMillis == null) {
      unpolledSinceEpochMillis = nowEpochMillis;
    }
  }

  /** That nobody polls it; null while somebody does, or may yet. */
  private Failure unpolled(long nowEpochMillis) {
    if (unpolledSinceEpochMillis == null
        || nowEpochMillis - unpolledSinceEpochMillis < NOBODY_POLLS.toMillis()) {
      return null;
    }
    return Failure.of(
        FailureCode.NO_POLLER, "no poller says that it polls it", unpolledSinceEpochMillis, config);
  }

  /**
   * A picture arrived; one that is older than the last is a repetition for the store and changes
   * nothing.
   */
  void take(ClusterSummary summary, long nowEpochMillis) {
    // A node whose clock runs ahead must not keep the pictures of the next one out.
    long at = Math.min(orElse(summary.receivedAtEpochMillis(), nowEpochMillis), nowEpochMillis);
    if (picture != null && isBefore(at, pictureAtEpochMillis, nowEpochMillis)) {
      return;
    }
    if (failed != null && !isBefore(at, failed.atEpochMillis(), nowEpochMillis)) {
      if (statusAt(nowEpochMillis) == ClusterStatus.DOWN) {
        lastOutage = new Outage(failed.failure().sinceEpochMillis(), at);
      }
      failed = null;
    }
    picture = summary;
    pictureAtEpochMillis = at;
  }

  /**
   * A poll failed; a failure from before the last picture or the last failure changes nothing. A
   * poller that was started again counts from one, but what had failed before it still fails.
   */
  void fail(PollFailed news, long nowEpochMillis) {
    long at = Math.min(news.atEpochMillis(), nowEpochMillis);
    boolean old = picture != null && isBefore(at, pictureAtEpochMillis, nowEpochMillis);
    if (old || (failed != null && isBefore(at, failed.atEpochMillis(), nowEpochMillis))) {
      return;
    }
    int inARow = news.failuresInARow();
    Failure failure = news.failure();
    if (failed != null) {
      inARow = Math.max(inARow, failed.failuresInARow() + 1);
      failure =
          failure.since(Math.min(failure.sinceEpochMillis(), failed.failure().sinceEpochMillis()));
    }
    failed = new PollFailed(news.cluster(), failure, inARow, at);
  }

  /**
   * Whether news of {@code at} are older than those of {@code known}. A time that is still to come
   * was told by a clock that has been set back since: by it nothing is old.
   */
  private static boolean isBefore(long at, long known, long nowEpochMillis) {
    return at < known && known <= nowEpochMillis;
  }

  /** The newest that is over; null when none is known since this node was started. */
  Outage lastOutage() {
    return lastOutage;
  }

  /** 0 when they are not known. */
  int cores() {
    return picture == null || picture.slots() == null ? 0 : picture.slots().total();
  }

  ClusterStatus statusAt(long nowEpochMillis) {
    if (failed != null) {
      boolean again = failed.failuresInARow() >= FAILURES_OF_DOWN;
      boolean lasting = nowEpochMillis - failed.failure().sinceEpochMillis() > staleAfterMillis();
      if (again || lasting) {
        return ClusterStatus.DOWN;
      }
    }
    if (unpolledSinceEpochMillis != null
        && nowEpochMillis - unpolledSinceEpochMillis > staleAfterMillis()) {
      return ClusterStatus.DOWN;
    }
    if (picture == null) {
      return ClusterStatus.UNKNOWN;
    }
    long observedAt = orElse(picture.observedAtEpochMillis(), pictureAtEpochMillis);
    return nowEpochMillis - observedAt > staleAfterMillis()
        ? ClusterStatus.STALE
        : ClusterStatus.UP;
  }

  /**
   * The row as it is now, if that differs from what this method gave before.
   *
   * @param nextRevision the revision it gets then
   */
  Optional<ClusterSummary> changedAt(long nowEpochMillis, long nextRevision) {
    ClusterSummary body =
        picture == null
            ? ClusterSummary.neverSeen(config.cluster(), config.title(), staleAfterMillis())
            : picture.titled(config.title());
    Failure failure = failed == null ? body.failure() : failed.failure();
    // What failed before is older news: nobody is there to try it again.
    Failure unpolled = unpolled(nowEpochMillis);
    failure = unpolled == null ? failure : unpolled;
    ClusterStatus status = statusAt(nowEpochMillis);
    if (shown != null && shown.equals(body.as(status, failure, shown.revision()))) {
      return Optional.empty();
    }
    shown = body.as(status, failure, nextRevision);
    return Optional.of(shown);
  }

  long staleAfterMillis() {
    if (picture != null && picture.staleAfterMillis() > 0) {
      return picture.staleAfterMillis();
    }
    return 3 * config.pollInterval().toMillis() + config.pollDeadline().toMillis();
  }

  private static long orElse(Long value, long otherwise) {
    return value == null ? otherwise : value;
  }
}
