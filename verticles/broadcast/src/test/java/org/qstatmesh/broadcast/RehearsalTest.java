package org.qstatmesh.broadcast;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.Future;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.qstatmesh.broadcast.browser.Eventually;
import org.qstatmesh.bus.Addresses;
import org.qstatmesh.bus.HistoryAnswer;
import org.qstatmesh.bus.HistoryQuery;
import org.qstatmesh.bus.LatestAnswer;
import org.qstatmesh.bus.QueryFailure;

/** What the stage asks by itself, so that the first browser does not wait for classes. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RehearsalTest {
  private final Queue<HistoryQuery> asked = new ConcurrentLinkedQueue<>();
  private Mesh mesh;

  @BeforeEach
  void start() {
    mesh = new Mesh();
  }

  @AfterEach
  void close() {
    mesh.close();
  }

  private void serve(Future<HistoryAnswer> history) {
    Mesh.await(
        Future.all(
            Addresses.LATEST
                .serve(mesh.vertx, question -> Future.succeededFuture(new LatestAnswer(List.of())))
                .ready(),
            Addresses.HISTORY
                .serve(
                    mesh.vertx,
                    question -> {
                      asked.add(question);
                      return history;
                    })
                .ready()));
  }

  @Test
  void theFirstQuestionOfAPageIsAskedAFewTimesAndNotCounted() {
    serve(
        Future.succeededFuture(
            new HistoryAnswer(
                300_000, List.of(), List.of(), List.of(), List.of(), List.of(), null)));
    mesh.deploy(Samples.cluster("hpc1", 0));
    Eventually.holds("ten questions", () -> asked.size() == 10);
    HistoryQuery first = asked.peek();
    assertEquals("hpc1", first.cluster());
    assertEquals(HistoryQuery.Dimension.USER, first.dimension());
    assertEquals(0, mesh.meters.get("qstatmesh.broadcast.query").timer().count());
  }

  @Test
  void aRefusalEndsIt() throws Exception {
    serve(Future.failedFuture(new QueryFailure(QueryFailure.NOT_FOUND, "nothing of this cluster")));
    mesh.deploy(Samples.cluster("hpc1", 0));
    Eventually.holds("a question", () -> !asked.isEmpty());
    mesh.browser().register("grid.cluster.hpc1").row("grid.cluster.hpc1");
    assertEquals(1, asked.size());
  }
}
