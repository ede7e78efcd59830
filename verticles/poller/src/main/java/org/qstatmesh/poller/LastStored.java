package org.qstatmesh.poller;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.qstatmesh.bus.Addresses;
import org.qstatmesh.bus.ClusterSummary;
import org.qstatmesh.bus.LatestAnswer;
import org.qstatmesh.bus.LatestQuery;

/**
 * What the store has of a cluster when its polling begins: a poller that was started again knows of
 * nothing before itself. One question for all clusters that begin together, repeated while the
 * store is not there yet. Event loop only.
 */
final class LastStored {
  /** A store that starts with the poller is here by then; later than that, it is asked for all. */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final Duration RETRY = Duration.ofMillis(500);

  private final Vertx vertx;
  private Future<Map<String, ClusterSummary>> underWay;

  LastStored(Vertx vertx) {
    this.vertx = vertx;
  }

  /** The newest stored summary of a cluster; empty when there is none or no store says. */
  Future<Optional<ClusterSummary>> of(String cluster) {
    if (underWay == null || underWay.isComplete()) {
      underWay = ask(System.nanoTime()).map(LastStored::byCluster).otherwise(Map.of());
    }
    return underWay.map(summaries -> Optional.ofNullable(summaries.get(cluster)));
  }

  private Future<LatestAnswer> ask(long beganNanos) {
    return Addresses.LATEST
        .ask(vertx, new LatestQuery(), TIMEOUT)
        .recover(
            cause ->
                System.nanoTime() - beganNanos > PATIENCE.toNanos()
                    ? Future.failedFuture(cause)
                    : vertx.timer(RETRY.toMillis()).compose(again -> ask(beganNanos)));
  }

  private static Map<String, ClusterSummary> byCluster(LatestAnswer answer) {
    return answer.summaries().stream()
        .collect(
            Collectors.toMap(ClusterSummary::cluster, Function.identity(), (one, other) -> one));
  }
}
