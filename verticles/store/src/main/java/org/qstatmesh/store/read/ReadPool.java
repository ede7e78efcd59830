package org.qstatmesh.store.read;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.jdbcclient.JDBCPool;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import javax.sql.DataSource;
import org.qstatmesh.bus.QueryFailure;
import org.qstatmesh.store.database.DatabaseFault;
import org.qstatmesh.store.database.Dialect;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connections that only read. Statements run one by one, never in {@code withTransaction}:
 * vertx-jdbc-client 5.0.10 hands a connection back with autocommit off, and the next reader would
 * hold its snapshot, and with it the write-ahead log, for ever. Runs on the verticle's context.
 */
final class ReadPool {
  private static final int CONNECTIONS = 2;
  private static final int WAITING_QUESTIONS = 64;
  private static final Duration PATIENCE = Duration.ofMillis(4_500);
  private static final Duration DEADLINE = Duration.ofSeconds(2);

  /** So that a file that was replaced is not read for long. */
  private static final Duration CONNECTION_LIFE = Duration.ofSeconds(60);

  private static final Logger LOG = LoggerFactory.getLogger(ReadPool.class);

  private final Vertx vertx;
  private final DataSource source;
  private final Dialect dialect;
  private Pool pool;

  ReadPool(Vertx vertx, DataSource source, Dialect dialect) {
    this.vertx = vertx;
    this.source = source;
    this.dialect = dialect;
    pool = open();
  }

  private Pool open() {
    PoolOptions options =
        new PoolOptions()
            .setMaxSize(CONNECTIONS)
            .setMaxWaitQueueSize(WAITING_QUESTIONS)
            // Later than our own patience: its failure would say nothing but "Timeout".
            .setConnectionTimeout((int) PATIENCE.toMillis() * 2)
            .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS)
            .setMaxLifetime((int) CONNECTION_LIFE.toSeconds())
            .setMaxLifetimeUnit(TimeUnit.SECONDS);
    return JDBCPool.pool(vertx, source, options);
  }

  /**
   * Gives a question one connection until it is answered, first come first served: in parts, many
   * questions at once would all be late. Two seconds of reading begin with the connection, {@link
   * #PATIENCE} with the call; after them the answer is {@link QueryFailure} 504.
   */
  <A> Future<A> ask(Function<Reading, Future<A>> question) {
    long giveUpNanos = System.nanoTime() + PATIENCE.toNanos();
    Pool asked = pool;
    return asked
        .withConnection(
            connection -> {
              long now = System.nanoTime();
              long readFor = Math.min(DEADLINE.toNanos(), giveUpNanos - now);
              return question.apply(new Reading(connection, now + readFor, dialect));
            })
        .timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .onFailure(cause -> leave(asked, cause))
        .recover(
            cause ->
                Future.failedFuture(
                    cause instanceof TimeoutException || DatabaseFault.isStatementTimeout(cause)
                        ? tooLate()
                        : cause));
  }

  /** The client hands a connection out again whose server has gone. */
  private void leave(Pool asked, Throwable cause) {
    if (asked == pool && DatabaseFault.isLostConnection(cause)) {
      pool = open();
      asked.close().onFailure(e -> LOG.debug("the old connections did not close", e));
    }
  }

  static QueryFailure tooLate() {
    return new QueryFailure(
        QueryFailure.TIMEOUT, "the history did not answer in time: ask for a shorter range");
  }

  Future<Void> close() {
    return pool.close();
  }
}
