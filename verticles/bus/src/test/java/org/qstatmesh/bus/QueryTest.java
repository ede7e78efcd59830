package org.qstatmesh.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class QueryTest {
  private static final JobsQuery QUESTION = new JobsQuery(null, null, 0, 10);

  private final Query<JobsQuery, JobsAnswer> query = Addresses.jobs("hpc1");
  private Vertx vertx;

  @BeforeEach
  void open() {
    vertx = Vertx.vertx();
    MeshCodec.install(vertx);
  }

  @AfterEach
  void close() throws Exception {
    await(vertx.close());
  }

  @Test
  void bringsTheAnswer() throws Exception {
    JobsAnswer answer = new JobsAnswer(1, 0, List.of());
    await(query.serve(vertx, question -> Future.succeededFuture(answer)).ready());
    assertEquals(answer, await(query.ask(vertx, QUESTION, Duration.ofSeconds(5))));
  }

  @Test
  void nobodyServing() {
    assertEquals(QueryFailure.UNAVAILABLE, failure(Duration.ofSeconds(5)).code());
  }

  @Test
  void noAnswerInTime() throws Exception {
    await(query.serve(vertx, question -> Promise.<JobsAnswer>promise().future()).ready());
    assertEquals(QueryFailure.TIMEOUT, failure(Duration.ofMillis(50)).code());
  }

  @Test
  void refusalKeepsCodeAndWords() throws Exception {
    await(
        query
            .serve(vertx, question -> Future.failedFuture(QueryFailure.badField("sort", "unknown")))
            .ready());
    QueryFailure failure = failure(Duration.ofSeconds(5));
    assertEquals(QueryFailure.BAD_QUERY, failure.code());
    assertEquals("sort: unknown", failure.getMessage());
  }

  @Test
  void faultsOfTheServerKeepTheirTextInTheLog() throws Exception {
    await(
        query
            .serve(
                vertx,
                question -> {
                  throw new IllegalStateException("/secret/path");
                })
            .ready());
    QueryFailure failure = failure(Duration.ofSeconds(5));
    assertEquals(QueryFailure.INTERNAL, failure.code());
    assertTrue(!failure.getMessage().contains("secret"), failure.getMessage());
  }

  private QueryFailure failure(Duration timeout) {
    ExecutionException thrown =
        assertThrows(ExecutionException.class, () -> await(query.ask(vertx, QUESTION, timeout)));
    return (QueryFailure) thrown.getCause();
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get();
  }
}
