package org.qstatmesh.store.read;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.SqlResult;
import io.vertx.sqlclient.Tuple;
import java.util.function.Consumer;
import java.util.stream.Collector;
import org.qstatmesh.store.database.Dialect;

/**
 * The connection of one question.
 *
 * @param connection only reads
 * @param deadlineNanos by {@link System#nanoTime}: when the question must be answered
 * @param dialect the words of its database
 */
record Reading(SqlConnection connection, long deadlineNanos, Dialect dialect) {

  /**
   * Feeds every row to {@code fold}, on a worker thread while the database hands them out: no list
   * of them is made, and the statement ends at the deadline with {@link
   * org.qstatmesh.bus.QueryFailure} 504.
   *
   * <p>A parameter costs two exceptions with their stack traces, because vertx-jdbc-client asks
   * sqlite-jdbc for its type before it is set: numbers are better written into the statement.
   *
   * @return what {@code fold} folded into
   */
  <F extends Consumer<Row>> Future<F> fold(String sql, Tuple parameters, F fold) {
    if (isTooLate()) {
      return Future.failedFuture(ReadPool.tooLate());
    }
    Collector<Row, F, F> collector =
        Collector.of(
            () -> fold,
            (into, row) -> {
              if (isTooLate()) {
                throw ReadPool.tooLate();
              }
              into.accept(row);
            },
            (one, other) -> one,
            Collector.Characteristics.IDENTITY_FINISH);
    return connection
        .preparedQuery(sql)
        .collecting(collector)
        .execute(parameters)
        .map(SqlResult::value);
  }

  private boolean isTooLate() {
    return System.nanoTime() - deadlineNanos > 0;
  }
}
