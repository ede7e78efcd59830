package org.qstatmesh.store;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.jdbcclient.JDBCPool;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlResult;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collector;
import javax.sql.DataSource;
import org.qstatmesh.bus.QueryFailure;

/**
 * Connections that only read, and the deadline of a question. Statements run one by one, never in
 * {@code withTransaction}: vertx-jdbc-client 5.0.10 hands a connection back with autocommit off,
 * and the next reader would hold its snapshot, and with it the write-ahead log, for ever.
 */
final class ReadPool {
  private static final int CONNECTIONS = 2;
  private static final int WAITING_QUESTIONS = 64;
  private static final Duration DEADLINE = Duration.ofSeconds(2);

  /** So that a file that was replaced is not read for long. */
  private static final Duration CONNECTION_LIFE = Duration.ofSeconds(60);

  private final Pool pool;

  ReadPool(Vertx vertx, DataSource source) {
    PoolOptions options =
        new PoolOptions()
            .setMaxSize(CONNECTIONS)
            .setMaxWaitQueueSize(WAITING_QUESTIONS)
            .setConnectionTimeout((int) DEADLINE.toMillis())
            .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS)
            .setMaxLifetime((int) CONNECTION_LIFE.toSeconds())
            .setMaxLifetimeUnit(TimeUnit.SECONDS);
    pool = JDBCPool.pool(vertx, source, options);
  }

  /** Until when a question that arrives now must be answered, by {@link System#nanoTime}. */
  static long deadlineNanos() {
    return System.nanoTime() + DEADLINE.toNanos();
  }

  /**
   * Feeds every row to {@code fold}, on a worker thread while SQLite steps through them: no list of
   * them is made, and the statement ends at the deadline with {@link QueryFailure} 504.
   *
   * @return what {@code fold} folded into
   */
  <F extends Consumer<Row>> Future<F> fold(
      String sql, Tuple parameters, long deadlineNanos, F fold) {
    if (System.nanoTime() - deadlineNanos > 0) {
      return Future.failedFuture(tooLate());
    }
    Collector<Row, F, F> collector =
        Collector.of(
            () -> fold,
            (into, row) -> {
              if (System.nanoTime() - deadlineNanos > 0) {
                throw tooLate();
              }
              into.accept(row);
            },
            (one, other) -> one,
            Collector.Characteristics.IDENTITY_FINISH);
    return pool.preparedQuery(sql).collecting(collector).execute(parameters).map(SqlResult::value);
  }

  static QueryFailure tooLate() {
    return new QueryFailure(
        QueryFailure.TIMEOUT, "the history did not answer in time: ask for a shorter range");
  }

  Future<Void> close() {
    return pool.close();
  }
}
