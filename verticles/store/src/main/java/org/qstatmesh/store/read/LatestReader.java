package org.qstatmesh.store.read;

import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import org.qstatmesh.bus.AtAnswer;
import org.qstatmesh.bus.AtQuery;
import org.qstatmesh.bus.LatestAnswer;

/** Answers what was seen last of every cluster, and what was seen around a moment. */
final class LatestReader {
  /** What a clock that was set wrong for a while left in the future is not the newest. */
  private static final Duration FUTURE_ALLOWED = Duration.ofMinutes(1);

  private final ReadPool pool;
  private final SummaryReader summaries;
  private final Clock clock;

  LatestReader(ReadPool pool, SummaryReader summaries, Clock clock) {
    this.pool = pool;
    this.summaries = summaries;
    this.clock = clock;
  }

  /** Fails with {@link org.qstatmesh.bus.QueryFailure} 504. */
  Future<LatestAnswer> answer() {
    long until = until();
    return pool.ask(reading -> summaries.nearest(until, until, reading)).map(LatestAnswer::new);
  }

  /** Fails with {@link org.qstatmesh.bus.QueryFailure} 400 or 504. */
  Future<AtAnswer> answer(AtQuery query) {
    long at = query.checked().atEpochMillis();
    return pool.ask(reading -> summaries.nearest(at, until(), reading))
        .map(found -> new AtAnswer(at, found));
  }

  private long until() {
    return clock.millis() + FUTURE_ALLOWED.toMillis();
  }
}
