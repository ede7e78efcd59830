package org.qstatmesh.store.read;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import javax.sql.DataSource;
import org.qstatmesh.bus.AtAnswer;
import org.qstatmesh.bus.AtQuery;
import org.qstatmesh.bus.EventsAnswer;
import org.qstatmesh.bus.EventsQuery;
import org.qstatmesh.bus.HistoryAnswer;
import org.qstatmesh.bus.HistoryQuery;
import org.qstatmesh.bus.LatestAnswer;
import org.qstatmesh.bus.WaitsAnswer;
import org.qstatmesh.bus.WaitsQuery;
import org.qstatmesh.store.database.Database;
import org.qstatmesh.store.keep.Alarms;
import org.qstatmesh.store.keep.Retention;

/**
 * Every question that the store answers: the door of this package. An answer fails with {@link
 * org.qstatmesh.bus.QueryFailure} 400, 413 or 504, also thrown before anything is read; any other
 * failure is the database's. Runs on the verticle's context.
 */
public final class Answers {
  private final WordCache words = new WordCache();
  private final ReadPool pool;
  private final HistoryReader history;
  private final LatestReader latest;
  private final WaitsReader waits;
  private final EventsReader events;
  private final WarmUp warmUp;

  /**
   * Opens no connection yet.
   *
   * @param source connections that only read, of {@code database}
   * @param alarms hears of what cannot be read
   */
  public Answers(
      Vertx vertx,
      DataSource source,
      Database database,
      Retention retention,
      Clock clock,
      Alarms alarms) {
    Damages damages = new Damages(database.toString(), alarms);
    pool = new ReadPool(vertx, source, database.dialect());
    history = new HistoryReader(vertx, pool, words, damages, retention, clock);
    latest = new LatestReader(pool, new SummaryReader(vertx, words, damages, retention), clock);
    waits = new WaitsReader(vertx, pool, words, damages);
    events = new EventsReader(pool, words, damages);
    warmUp = new WarmUp(vertx, history, latest, waits, clock);
  }

  /** What one measure of one cluster was over time. */
  public Future<HistoryAnswer> history(HistoryQuery query) {
    return history.answer(query);
  }

  /** What was seen last of every cluster. */
  public Future<LatestAnswer> latest() {
    return latest.answer();
  }

  /** What was seen of every cluster around a moment. */
  public Future<AtAnswer> at(AtQuery query) {
    return latest.answer(query);
  }

  /** How long jobs waited. */
  public Future<WaitsAnswer> waits(WaitsQuery query) {
    return waits.answer(query);
  }

  /** What changed. */
  public Future<EventsAnswer> events(EventsQuery query) {
    return events.answer(query);
  }

  /** Names were deleted: what is remembered of them is read again. Any thread. */
  public void forgetNames() {
    words.clear();
  }

  /** Asks in a moment what browsers will ask. */
  public void warmUp() {
    warmUp.begin();
  }

  /** Asks nothing of its own any more. */
  public void endWarmUp() {
    warmUp.end();
  }

  /** Closes all connections. */
  public Future<Void> close() {
    return pool.close();
  }
}
