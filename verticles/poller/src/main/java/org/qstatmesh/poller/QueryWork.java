package org.qstatmesh.poller;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.qstatmesh.bus.QueryFailure;

/**
 * The bounded room in front of the workers that answer questions: Vert.x's own queue has no end.
 * Event loop only, but for the gauge.
 */
final class QueryWork {
  /** Most questions that run or wait; each holds up to some 100 ms of a worker. */
  static final int MAX_UNDER_WAY = 32;

  private final WorkerExecutor workers;
  private final AtomicInteger underWay = new AtomicInteger();
  private final Counter refused;

  QueryWork(WorkerExecutor workers, MeterRegistry registry, StageGauges gauges) {
    this.workers = workers;
    this.refused =
        Counter.builder("qstatmesh.poller.queries.refused")
            .description("questions refused because too many were under way")
            .register(registry);
    gauges.show(
        "qstatmesh.poller.queries.waiting",
        "questions that run or wait for a worker",
        underWay,
        AtomicInteger::get);
  }

  /** Runs it on a worker; 503 when {@link #MAX_UNDER_WAY} are there already. */
  <T> Future<T> run(Callable<T> question) {
    if (underWay.get() >= MAX_UNDER_WAY) {
      refused.increment();
      return Future.failedFuture(
          new QueryFailure(QueryFailure.UNAVAILABLE, "too many questions at once"));
    }
    underWay.incrementAndGet();
    return workers.executeBlocking(question, false).onComplete(done -> underWay.decrementAndGet());
  }
}
